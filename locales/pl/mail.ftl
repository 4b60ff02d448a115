# Ustawienia poczty i to, co wynika z próby połączenia.

## Ustawienia

profile-missing = To pole jest wymagane.
profile-no-host = To nie jest nazwa serwera. Wygląda ona tak: smtp.office365.com, a port ma własne pole.
profile-scheme = Podaj samą nazwę serwera, bez smtp:// ani niczego podobnego przed nią.
profile-port = Port jest liczbą od 1 do 65535.
profile-no-address = To nie jest adres. Wygląda on tak: nazwa@firma.pl.
profile-token-in-clear = Przy OAuth2 połączenie musi być szyfrowane: inaczej token przeczytałby każdy, kto podsłuchuje. Wybierz „Automatyczne”.
profile-token-by-sql = Profil na serwerze SQL wysyła pocztę własnym loginem i hasłem i nie zna OAuth2. Wybierz „Komponent mailowy na serwerze IIS”.
profile-protocol = Ten protokół tu nie pasuje: poczta wychodząca idzie przez SMTP, przychodząca przez IMAP lub POP3.
profile-elsewhere = Profil tego rodzaju nie ma takiego ustawienia: nadawca należy do mail_server, a folder do punktu konfiguracyjnego.
profile-kind = Rodzaj mail_server ma tylko profil mail_server. Punkt konfiguracyjny jest rodzaju documents albo attachments.
profile-no-point = mail_server to serwer poczty, a nie punkt konfiguracyjny: lista go nie zmienia. Zmienisz go tak: signet profile set mail_server
profile-control = Jest tu znak końca wiersza albo inny niewidoczny znak. Wpisz to na nowo zamiast wklejać.
profile-no-password = Dla tego profilu nie przechowuje się hasła: z OAuth2 loguje się bez niego, a profil na serwerze SQL ma własne. Aby używać hasła, wybierz najpierw login i hasło.
profile-twice = { $profile } występuje dwa razy.
profile-port-of = Port { $port } jest zwykle używany przez { $protocol }.
profile-not-at-exchange = Exchange Online przyjmuje pocztę na porcie 587 ze STARTTLS, a nie na 465.
profile-send-as = { $login } wysyła jako { $sender }: administrator musi nadać uprawnienie „Wyślij jako” (Send As).
profile-in-clear = Login i hasło idą przez sieć niezaszyfrowane.

## Kroki sprawdzenia

check-step-secret = Token lub hasło jest dostępne.
check-step-name = Nazwa { $host } jest znana.
check-step-tcp = { $host } odpowiada na porcie { $port }.
check-step-tls = Połączenie jest szyfrowane, a certyfikat jest dobry.
check-step-greeting = Serwer poczty zgłosił gotowość.
check-step-capabilities = Serwer poczty mówi, co potrafi.
check-step-authentication = Uwierzytelniono: { $login }.
check-step-mailbox = Skrzynkę { $mailbox } można czytać.
check-step-sender = Nadawca został przyjęty.
check-step-recipient = Odbiorca został przyjęty.
check-step-message = Wiadomość jest w drodze do { $recipient }.
check-letter-subject = Signet: wiadomość testowa
check-letter-body = To wiadomość testowa programu Signet. Wysłano ją jako { $sender } według ustawień serwera pocztowego.

## Dlaczego krok się nie udał

check-no-name = Nie ma serwera { $host }.
check-no-name-action = Sprawdź pisownię nazwy serwera, a potem sieć, VPN i DNS.
check-name-unanswered = Nie udało się sprawdzić nazwy { $host }: nie odpowiada żaden serwer nazw.
check-name-unanswered-action = Połącz się z siecią lub z VPN i spróbuj ponownie. Jeśli strony internetowe się otwierają, zapytaj administratora sieci o DNS.
check-no-network = Nie ma drogi do { $host }: ten komputer nie jest połączony z siecią, która tam prowadzi.
check-no-network-action = Połącz się z siecią lub z VPN i spróbuj ponownie.
check-no-connection = Nie udało się połączyć z { $host }, port { $port }.
check-no-connection-action = Sprawdź port. Jeśli jest dobry, może go blokować zapora lub dostawca: poproś administratora sieci o jego otwarcie.
check-timeout = { $host } nie odpowiedział na czas.
check-timeout-action = Sprawdź port i szyfrowanie: serwer, który czeka na szyfrowanie, milczy. Jeśli są dobre, spróbuj później.
check-busy = { $host } przestał odpowiadać.
check-busy-action = Serwer jest przeciążony albo zawodzi sieć: spróbuj później.
check-dropped = { $host } zerwał połączenie.
check-dropped-action = Serwer jest przeciążony albo zawodzi sieć: spróbuj później.
check-unanswered = Wiadomość przekazano do { $host }, ale serwer nie potwierdził na czas, że ją przyjął.
check-unanswered-action = Zanim spróbujesz ponownie, sprawdź, czy dotarła do { $recipient }: inaczej może przyjść dwa razy.
check-closed = { $host } zerwał połączenie.
check-closed-action = Sprawdź port i szyfrowanie. Jeśli są dobre, spróbuj później.
check-garbage = To, co odpowiada pod { $host }, port { $port }, nie jest serwerem poczty tego rodzaju.
check-garbage-action = Sprawdź serwer, port i szyfrowanie. W sieci dla gości może pośredniczyć strona logowania.
check-web = To, co odpowiada pod { $host }, port { $port }, jest serwerem WWW.
check-web-action = W sieci dla gości najpierw otwórz dowolną stronę w przeglądarce i zaloguj się tam. W przeciwnym razie sprawdź serwer i port.
check-unsayable = Któreś z ustawień albo sekret zawiera znak końca wiersza lub inny niewidoczny znak. Nie został wysłany: { $host } wziąłby dalszy ciąg za polecenie.
check-unsayable-action = Wpisz login, skrzynkę, folder, adresy i hasło na nowo zamiast je wklejać.
check-broke-off = Sprawdzenie przerwało się nieoczekiwanie: zawiódł sam Signet.
check-broke-off-action = Spróbuj ponownie. Jeśli błąd się powtarza, zgłoś go i dołącz dziennik programu Signet.
check-not-offered = { $host } nie oferuje { $what }.
check-not-offered-action = Wybierz inne szyfrowanie lub inną metodę uwierzytelniania albo poproś administratora serwera o włączenie.
check-no-alphabet = { $host } nie przyjmuje adresów, które przed @ mają litery spoza alfabetu łacińskiego, na przykład ą lub ż.
check-no-alphabet-action = Podaj adres bez takich liter. Nadawca: { $sender }, odbiorca: { $recipient }.
check-certificate = Certyfikat, który pokazuje { $host }, nie jest zaufany. Należy do „{ $subject }”, wydał go „{ $issuer }”, SHA-256 { $fingerprint }.
check-certificate-action = Jeśli Twoja organizacja kontroluje ruch szyfrowany, ustaw extra_ca w sekcji [network] na jej certyfikat główny. Jeśli to nazwa innego serwera, popraw nazwę serwera. Nigdy tego nie pomijaj.
check-tls = Nie udało się nawiązać bezpiecznego połączenia z { $host }.
check-tls-action = Sprawdź port i szyfrowanie: porty 993 i 995 szyfrują od początku, 587 i 143 przez STARTTLS. W sieci dla gości najpierw otwórz dowolną stronę w przeglądarce i zaloguj się tam.

## Co znaczy odmowa serwera

refusal-smtp-auth-off-tenant = Wysyłanie przez SMTP jest wyłączone dla całej organizacji.
refusal-smtp-auth-off-tenant-action = Administrator Exchange włącza je dla tej skrzynki: Set-CASMailbox -Identity '{ $quoted_login }' -SmtpClientAuthenticationDisabled $false
refusal-smtp-auth-off-mailbox = Wysyłanie przez SMTP jest wyłączone dla tej skrzynki.
refusal-smtp-auth-off-mailbox-action = Administrator Exchange włącza je: Set-CASMailbox -Identity '{ $quoted_login }' -SmtpClientAuthenticationDisabled $false
refusal-security-defaults = Domyślne zabezpieczenia organizacji zabraniają wysyłania przez SMTP.
refusal-security-defaults-action = Administrator zastępuje je dostępem warunkowym w Entra: Właściwości, Zarządzaj domyślnymi zabezpieczeniami.
refusal-policy = Zasady organizacji zabraniają tego logowania.
refusal-policy-action = Administrator znajdzie tę zasadę w dzienniku logowań konta { $login } w Entra i wykluczy z niej tę aplikację lub skrzynkę.
refusal-passwords-off = Ten serwer nie przyjmuje już haseł.
refusal-passwords-off-action = Wybierz OAuth2 i zaloguj się.
refusal-password = Serwer nie wpuszcza { $login } z tym hasłem: może być błędne albo serwer nie przyjmuje już haseł.
refusal-password-action = Podaj hasło ponownie. Exchange Online nie przyjmuje haseł przez IMAP i POP3: tam wybierz OAuth2 i zaloguj się.
refusal-not-let-in = Serwer nie wpuszcza { $login } do { $mailbox }: protokół może być wyłączony, skrzynka może należeć do kogoś innego albo brakuje uprawnienia.
refusal-not-let-in-action = Administrator Exchange sprawdza: Get-CASMailbox '{ $quoted_mailbox }' | Format-List ImapEnabled,PopEnabled,SmtpClientAuthenticationDisabled. Skrzynka współdzielona wymaga: Add-MailboxPermission -Identity '{ $quoted_mailbox }' -User '{ $quoted_login }' -AccessRights FullAccess
refusal-token-ends-soon = Serwer chce tokenu, który będzie dłużej ważny.
refusal-token-ends-soon-action = Spróbuj za minutę: Signet odnawia token.
refusal-no-access = { $login } jest znany, ale skrzynki { $mailbox } nie można otworzyć.
refusal-no-access-action = Administrator Exchange sprawdza licencję i uprawnienia: Add-MailboxPermission -Identity '{ $quoted_mailbox }' -User '{ $quoted_login }' -AccessRights FullAccess
refusal-send-as = { $login } nie może wysyłać jako { $sender }.
refusal-send-as-action = Administrator Exchange nadaje uprawnienie „Wyślij jako”: Add-RecipientPermission -Identity '{ $quoted_sender }' -Trustee '{ $quoted_login }' -AccessRights SendAs. Albo wybierz jako nadawcę własny adres loginu.
refusal-recipient = Odbiorca nie został przyjęty.
refusal-recipient-action = Sprawdź adres odbiorcy.
refusal-too-many-at-a-time = Skrzynka wysyła więcej niż trzy wiadomości naraz.
refusal-too-many-at-a-time-action = Nic nie trzeba robić: spróbuj za minutę. Komponenty powinny wysyłać jedną po drugiej.
refusal-throttled = Serwer chce mieć spokój przez { $seconds } s.
refusal-throttled-action = Nic nie trzeba robić: spróbuj później. Natarczywe próby tylko to wydłużą.
refusal-held-up = Serwer na razie niczego nie przyjmuje od { $sender }, bo zbyt wiele prób się nie udało.
refusal-held-up-action = Najpierw usuń przyczynę: pełną skrzynkę, brak licencji, brak uprawnienia „Wyślij jako”, błędnych odbiorców. Do tego czasu niczego nie wysyłaj: każda próba się liczy.
refusal-quota = Dzienna liczba odbiorców jest wyczerpana.
refusal-quota-action = Spróbuj jutro albo rozłóż wiadomości na kilka skrzynek.
refusal-full = Skrzynka nadawcy jest pełna: wysłane wiadomości tam zostają.
refusal-full-action = Opróżnij „Elementy wysłane” w { $mailbox } albo poproś administratora o zasady przechowywania.
refusal-not-logged-in = Serwer chce zalogowania.
refusal-not-logged-in-action = Wybierz OAuth2 albo podaj login i hasło.
refusal-no-folder = W skrzynce nie ma takiego folderu.
refusal-no-folder-action = Sprawdź nazwę folderu; skrzynka odbiorcza to INBOX.
refusal-in-use = Skrzynkę otworzył inny program.
refusal-in-use-action = Zamknij ją tam albo spróbuj później.
refusal-unavailable = Serwer teraz nie może.
refusal-unavailable-action = Spróbuj później.
refusal-other = Serwer odmówił.
refusal-other-action = Dlaczego, mówią jego własne słowa.
