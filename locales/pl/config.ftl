# Plik konfiguracji: co może być w nim nie tak i co mówi `signet config`.

## Błędy; każdy następuje po miejscu w pliku

config-no-toml = Tego nie można odczytać jako TOML ({ $detail }). Sprawdź, czy tutaj lub tuż przedtem nie brakuje cudzysłowu, nawiasu albo znaku równości.
config-duplicate = To ustawienie występuje tu po raz drugi. Pozostaw jedno z nich.
config-missing = Brakuje ustawienia „{ $key }”.
config-unknown-setting = Ustawienie „{ $word }” jest nieznane. Tutaj znane są: { $known }.
config-unknown-setting-nearest = Ustawienie „{ $word }” jest nieznane. Czy chodziło o „{ $nearest }”?
config-unknown-value = Ustawienie „{ $key }” nie może mieć wartości „{ $word }”. Możliwe wartości: { $known }.
config-unknown-value-nearest = Ustawienie „{ $key }” nie może mieć wartości „{ $word }”. Czy chodziło o „{ $nearest }”?
config-unknown-version = Wersja { $found } nie jest tu znana. Ten Signet czyta wersję 1.
config-wants-text = Ustawienie „{ $key }” musi być tekstem w cudzysłowie.
config-wants-texts = Ustawienie „{ $key }” musi być listą tekstów, na przykład ['jeden', 'dwa'].
config-wants-number = Ustawienie „{ $key }” musi być liczbą całkowitą.
config-wants-count = Ustawienie „{ $key }” musi być liczbą całkowitą od 0 do { $most }.
config-wants-flag = Ustawienie „{ $key }” musi mieć wartość true lub false.
config-wants-section = „{ $key }” musi być sekcją: [{ $key }] w osobnym wierszu, a pod nim ustawienia.
config-unreadable = Nie można odczytać pliku { $path }: { $detail }
config-proxy-no-address = „{ $proxy }” nie jest adresem serwera proxy. Taki adres wygląda jak http://proxy.firma.pl:8080.
config-extra-ca-unreadable = Nie można odczytać pliku z extra_ca: { $path }: { $detail }
config-extra-ca-empty = Plik z extra_ca nie zawiera żadnego certyfikatu w postaci PEM: { $path }

## signet config

config-fine = W porządku: { $path }
config-none = W porządku: nie ma pliku { $path }, więc wszystkie ustawienia są domyślne.
config-edit-nobody = Nie ma terminala, na którym można by edytować. Zmień plik w inny sposób: signet config path poda, gdzie jest.
config-edit-unchanged = Niczego nie zmieniono.
config-edit-again = Edytować ponownie? (T/n)
config-edit-kept = Plik config.toml pozostał bez zmian. Wpisany tekst zachowano w pliku { $copy }.
config-edit-no-editor = Edytor „{ $editor }” nie zakończył się poprawnie, więc config.toml pozostał bez zmian. Wpisany tekst zachowano w pliku { $copy }. Inny edytor wybiera zmienna EDITOR.
config-edit-overtaken = Ktoś zmienił w tym czasie plik config.toml i taki on pozostał. Wpisany tekst zachowano w pliku { $copy }.
config-edit-done = Zapisano: { $path }. Działający agent stosuje zmiany od razu.
config-policy-mistake = wiersz { $line }, kolumna { $column }: { $detail }
config-policy-no-file = To nie jest zwykły plik.
config-policy-not-root = { $place } musi należeć do użytkownika root i nikt inny nie może mieć prawa zapisu.
config-policy-unreadable = Nie można odczytać: { $detail }
