# Co znaczą numery błędów usługi logowania firmy Microsoft (AADSTS) i, w .action, co należy zrobić.
# Jedno i drugie to pełne zdania.

aadsts-16000 = Wybrane konto nie istnieje w organizacji, do której trwa logowanie.
    .action = Zaloguj się ponownie i wybierz konto służbowe, do którego należy ta skrzynka. Jeśli to było właściwe konto, administrator musi je zaprosić jako gościa.

aadsts-16001 = Konta wybranego w przeglądarce nie można użyć do tego logowania.
    .action = Rozpocznij logowanie od nowa i wybierz inne konto albo „Użyj innego konta”.

aadsts-16003 = Konto zalogowane w przeglądarce nie zostało dodane do tej organizacji.
    .action = Zaloguj się na inne konto albo poproś administratora o dodanie tego konta.

aadsts-28000 = Zażądano jednego tokenu z uprawnieniami do więcej niż jednej usługi.
    .action = To błąd w żądaniu: naraz można prosić tylko o zakresy jednej usługi.

aadsts-28002 = Jeden z zakresów w żądaniu nie nadaje się do tokenu dostępu.
    .action = Sprawdź nazwy zakresów w konfiguracji.

aadsts-28003 = Przy wymianie kodu autoryzacji nie podano żadnego zakresu.
    .action = Podaj w konfiguracji co najmniej jeden zakres poczty.

aadsts-50000 = Usługa logowania nie mogła wydać tokenu.
    .action = Na razie nie trzeba nic robić: Signet sam ponowi próbę. Jeśli problem się utrzymuje, podaj identyfikator korelacji pomocy technicznej firmy Microsoft.

aadsts-50001 = Usługa podana w żądaniu jest nieznana albo wyłączona.
    .action = Sprawdź chmurę i zakresy w konfiguracji.

aadsts-50002 = Serwer proxy tej sieci (ograniczenia dzierżaw) nie pozwala na dostęp do Twojej organizacji.
    .action = Poproś administratora tej sieci o dopuszczenie Twojej organizacji.

aadsts-50005 = Zasady organizacji nie obsługują tego rodzaju urządzenia lub systemu operacyjnego.
    .action = Zapytaj administratora, czy w tym systemie można używać poczty.

aadsts-50011 = Adres przekierowania z żądania nie jest zarejestrowany dla aplikacji.
    .action = W rejestracji aplikacji wpisz adres http://localhost na platformie „Aplikacje mobilne i klasyczne” (Mobile and desktop applications).

aadsts-50012 = Certyfikat aplikacji nie został przyjęty.
    .action = Sprawdź, czy używany certyfikat to ten, który przesłano do rejestracji aplikacji.

aadsts-50015 = Konto należy do osoby niepełnoletniej i brakuje zgody opiekuna.
    .action = Administrator organizacji musi odnotować zgodę.

aadsts-50020 = Konto należy do innej organizacji albo jest kontem osobistym i nie jest tu gościem.
    .action = Zaloguj się na konto, do którego należy ta skrzynka, albo poproś administratora o zaproszenie tego konta jako gościa.

aadsts-50033 = W usłudze logowania wystąpił przejściowy błąd.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-50034 = W tej organizacji nie ma takiego użytkownika: w nazwie jest błąd, organizacja jest niewłaściwa albo konto usunięto.
    .action = Zaloguj się ponownie i sprawdź adres. Jeśli jest poprawny, zapytaj administratora, czy konto nadal istnieje.

aadsts-50049 = Serwer logowania z konfiguracji nie należy do żadnej znanej chmury firmy Microsoft.
    .action = Sprawdź chmurę w konfiguracji: global, us-government albo china.

aadsts-50053 = Konto zablokowano po zbyt wielu nieudanych próbach albo logowanie nastąpiło z adresu znanego z ataków.
    .action = Odczekaj kilka minut i zaloguj się ponownie. Jeśli konto nadal jest zablokowane, poproś administratora o odblokowanie.

aadsts-50055 = Hasło wygasło.
    .action = Zaloguj się ponownie i na prośbę strony ustaw nowe hasło.

aadsts-50056 = Organizacja nie ma hasła tego użytkownika albo nie wpisano hasła.
    .action = Zaloguj się ponownie i wpisz hasło. Jeśli nie zostanie przyjęte, poproś administratora o ustawienie nowego.

aadsts-50057 = Konto jest wyłączone.
    .action = Poproś administratora o włączenie konta. Ponowne logowanie nie pomoże.

aadsts-50058 = Nikt nie jest zalogowany, a żądanie nie pozwalało zapytać o logowanie.
    .action = Zaloguj się ponownie.

aadsts-50059 = Żądanie nie podaje ani organizacji, ani użytkownika.
    .action = Ustaw w konfiguracji dzierżawę: jej identyfikator albo domenę.

aadsts-50072 = Użytkownik musi skonfigurować uwierzytelnianie wieloskładnikowe.
    .action = Zaloguj się ponownie i na prośbę strony skonfiguruj uwierzytelnianie wieloskładnikowe.

aadsts-50074 = Wymagane jest uwierzytelnianie wieloskładnikowe, a nie zostało ukończone.
    .action = Zaloguj się ponownie i potwierdź drugi składnik.

aadsts-50076 = Organizacja wymaga teraz uwierzytelniania wieloskładnikowego: zmieniły się zasady albo miejsce logowania.
    .action = Zaloguj się ponownie i potwierdź drugi składnik.

aadsts-50078 = Ostatnie uwierzytelnianie wieloskładnikowe jest starsze, niż pozwalają zasady organizacji.
    .action = Zaloguj się ponownie i potwierdź drugi składnik.

aadsts-50079 = Zasady organizacji wymagają, aby użytkownik zarejestrował się w uwierzytelnianiu wieloskładnikowym.
    .action = Zaloguj się ponownie i na prośbę strony zarejestruj drugi składnik.

aadsts-50085 = Konto loguje się przez innego dostawcę tożsamości, którego trzeba zapytać ponownie.
    .action = Zaloguj się ponownie.

aadsts-50087 = Sprawdzenie drugiego składnika nie powiodło się z przejściowego powodu.
    .action = Spróbuj ponownie za chwilę.

aadsts-50088 = Osiągnięto limit potwierdzeń telefonicznych.
    .action = Odczekaj kilka minut albo potwierdź w aplikacji Microsoft Authenticator.

aadsts-50089 = Logowanie trwało zbyt długo albo sesja została zakończona.
    .action = Zaloguj się ponownie.

aadsts-50097 = Zasady wymagają dowodu, że organizacja zna to urządzenie.
    .action = Urządzenie musi być zarejestrowane w organizacji: zwróć się do administratora. W systemie Windows może wystarczyć logowanie w przeglądarce Microsoft Edge.

aadsts-50105 = Użytkownik nie jest przypisany do tej aplikacji.
    .action = Poproś administratora o przypisanie Cię do aplikacji.

aadsts-50125 = Logowanie przerwało resetowanie hasła albo rejestracja do niego.
    .action = Zaloguj się ponownie i dokończ kroki dotyczące hasła.

aadsts-50126 = Nazwa użytkownika lub hasło są nieprawidłowe.
    .action = Zaloguj się ponownie, podając właściwe hasło.

aadsts-50127 = Zasady wymagają aplikacji brokera firmy Microsoft na tym urządzeniu.
    .action = Poproś administratora o dopuszczenie tej aplikacji albo użyj urządzenia zarządzanego przez organizację.

aadsts-50128 = Domena z żądania nie należy do żadnej znanej organizacji.
    .action = Sprawdź dzierżawę i login w konfiguracji.

aadsts-50129 = Urządzenie nie jest przyłączone do organizacji ani w niej zarejestrowane.
    .action = Zarejestruj urządzenie w organizacji albo poproś o to administratora.

aadsts-50131 = Nie powiodło się sprawdzenie wymagane przez zasady organizacji: stan urządzenia, podejrzane działania albo zasady zabezpieczeń.
    .action = Poproś administratora o odszukanie identyfikatora korelacji w dziennikach logowania.

aadsts-50132 = Sesja zakończyła się, bo hasło zmieniono albo wygasło.
    .action = Zaloguj się ponownie.

aadsts-50133 = Sesja została odwołana, bo hasło zmieniono albo wygasło.
    .action = Zaloguj się ponownie.

aadsts-50135 = Hasło mogły poznać inne osoby i trzeba je zmienić.
    .action = Zaloguj się ponownie i zmień hasło albo poproś administratora o jego zresetowanie.

aadsts-50140 = Logowanie przerwało pytanie „Czy chcesz pozostać zalogowany?”.
    .action = Zaloguj się ponownie i odpowiedz na pytanie.

aadsts-50144 = Hasło użytkownika w usłudze Active Directory wygasło.
    .action = Ustaw nowe hasło w swojej organizacji, a potem zaloguj się ponownie.

aadsts-50147 = Wyzwanie PKCE w żądaniu ma niewłaściwą długość.
    .action = To błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-50155 = Urządzenie nie potwierdziło swojej tożsamości.
    .action = Poproś administratora o sprawdzenie rejestracji urządzenia w usłudze Microsoft Entra ID.

aadsts-50158 = Nie ukończono dodatkowego sprawdzenia u zewnętrznego dostawcy.
    .action = Zaloguj się ponownie i ukończ dodatkowe sprawdzenie.

aadsts-50166 = Zewnętrzny dostawca sprawdzenia nie odpowiedział na czas.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-50173 = Zapisane logowanie zostało odwołane: hasło zresetowano albo użytkownik lub administrator zakończył sesje.
    .action = Zaloguj się ponownie.

aadsts-50187 = Urządzenie nie przedstawiło użytecznego dowodu tożsamości.
    .action = Poproś administratora o sprawdzenie rejestracji urządzenia w usłudze Microsoft Entra ID.

aadsts-50194 = Aplikacja jest zarejestrowana dla jednej organizacji, a użyto adresu logowania wspólnego dla wszystkich.
    .action = Ustaw w konfiguracji identyfikator dzierżawy albo zarejestruj aplikację jako wielodostępną.

aadsts-50196 = Usługa zbyt często otrzymywała to samo żądanie i przez pewien czas je odrzuca.
    .action = Nie loguj się ponownie: to wydłuży blokadę. Signet odczeka co najmniej pięć minut i sam ponowi próbę.

aadsts-50197 = Nie można było jednoznacznie rozpoznać użytkownika.
    .action = Zaloguj się ponownie i wybierz konto.

aadsts-50199 = Strona logowania pyta, czy na pewno chcesz zalogować się do tej aplikacji.
    .action = Zaloguj się ponownie i potwierdź to pytanie w przeglądarce.

aadsts-51004 = Konto nie istnieje w tej organizacji.
    .action = Zaloguj się na inne konto albo poproś administratora o dodanie tego konta.

aadsts-53000 = Zasady dostępu warunkowego wymagają zgodnego urządzenia, a to urządzenie nie jest zgodne.
    .action = Zarejestruj urządzenie w systemie zarządzania urządzeniami organizacji. Samo ponowne logowanie na tym urządzeniu nie pomoże.

aadsts-53001 = Zasady dostępu warunkowego wymagają urządzenia przyłączonego do domeny.
    .action = Użyj urządzenia przyłączonego do domeny albo zwróć się do administratora.

aadsts-53002 = Zasady dostępu warunkowego dopuszczają tylko zatwierdzone aplikacje, a tej aplikacji wśród nich nie ma.
    .action = Poproś administratora o dopuszczenie tej aplikacji.

aadsts-53003 = Żądanie zablokowały zasady dostępu warunkowego.
    .action = Podaj administratorowi identyfikator korelacji i zapytaj, które zasady zablokowały żądanie. Może pomóc inna sieć lub inne urządzenie.

aadsts-53004 = Użytkownik musi zarejestrować drugi składnik, ale organizacja uznaje to logowanie za ryzykowne.
    .action = Zaloguj się w miejscu, w którym zwykle pracujesz, i tam zarejestruj drugi składnik. Jeśli to się nie uda, zwróć się do administratora.

aadsts-53010 = Informacje zabezpieczające można rejestrować tylko w określonych miejscach lub na określonych urządzeniach.
    .action = Zaloguj się w miejscu, któremu organizacja ufa, albo zwróć się do administratora.

aadsts-53011 = Macierzysta organizacja użytkownika zablokowała go z powodu ryzyka.
    .action = Poproś administratora własnej organizacji o sprawdzenie i usunięcie ryzyka.

aadsts-54005 = Kod autoryzacji został już użyty.
    .action = Rozpocznij logowanie od nowa i nie odświeżaj ostatniej strony w przeglądarce.

aadsts-65001 = Uprawnienia aplikacji nie zostały jeszcze zaakceptowane.
    .action = Zaloguj się ponownie i zaakceptuj uprawnienia. Jeśli strona wymaga zgody administratora, wyślij administratorowi link do jej udzielenia.

aadsts-65002 = Użyto identyfikatora aplikacji firmy Microsoft w usłudze, do której nie został on dopuszczony.
    .action = Zarejestruj własną aplikację i ustaw w konfiguracji jej identyfikator aplikacji (klienta).

aadsts-65004 = Użytkownik odmówił zaakceptowania uprawnień.
    .action = Aby używać poczty, zaloguj się ponownie i zaakceptuj uprawnienia.

aadsts-65005 = Rejestracja aplikacji nie wymienia usługi, której dotyczy żądanie.
    .action = W rejestracji aplikacji dodaj uprawnienia do usługi w części „Uprawnienia interfejsu API” (API permissions).

aadsts-70000 = Zapisane logowanie jest nieprawidłowe: jest uszkodzone albo dotyczy czegoś innego. W przypadku konta osobistego uprawnienia mogą być niezaakceptowane albo konto może być sprawdzane.
    .action = Zaloguj się ponownie. W przypadku konta osobistego sprawdź też komunikaty na stronie https://account.microsoft.com.

aadsts-70001 = Aplikacja jest w tej organizacji wyłączona albo nieznana.
    .action = Poproś administratora o dodanie lub włączenie aplikacji.

aadsts-70002 = Klucz tajny lub certyfikat aplikacji jest niewłaściwy.
    .action = Sprawdź w konfiguracji klucz tajny klienta lub certyfikat.

aadsts-70008 = Kod autoryzacji lub zapisane logowanie wygasło, zwykle dlatego, że długo go nie używano.
    .action = Zaloguj się ponownie.

aadsts-70011 = Zakres, o który proszono, jest nieznany albo niedozwolony.
    .action = Sprawdź nazwy zakresów w konfiguracji.

aadsts-70012 = W usłudze kont osobistych wystąpił błąd.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-70016 = Logowanie za pomocą kodu nie jest jeszcze zakończone.
    .action = Otwórz podaną stronę i wpisz kod.

aadsts-70018 = Kod logowania jest nieprawidłowy.
    .action = Rozpocznij logowanie od nowa i wpisz nowy kod.

aadsts-70019 = Kod logowania wygasł: był ważny przez 15 minut.
    .action = Rozpocznij logowanie od nowa.

aadsts-70020 = Kod logowania nie jest już znany albo wygasł.
    .action = Rozpocznij logowanie od nowa.

aadsts-70043 = Organizacja wymaga regularnego ponownego logowania i ten czas właśnie minął.
    .action = Zaloguj się ponownie. Częstotliwość logowania ustala administrator.

aadsts-70044 = Sesja osiągnęła długość dozwoloną przez zasady organizacji.
    .action = Zaloguj się ponownie.

aadsts-80001 = Serwer organizacji, który sprawdza hasła, nie może połączyć się z usługą Active Directory.
    .action = Spróbuj ponownie później. Jeśli problem się utrzymuje, powiadom administratora.

aadsts-80002 = Serwer organizacji, który sprawdza hasła, nie odpowiedział na czas.
    .action = Spróbuj ponownie później. Jeśli problem się utrzymuje, powiadom administratora.

aadsts-80005 = Serwer organizacji, który sprawdza hasła, przysłał odpowiedź, której nie można użyć.
    .action = Spróbuj ponownie później. Jeśli problem się utrzymuje, powiadom administratora.

aadsts-80007 = Serwer organizacji, który sprawdza hasła, nie mógł sprawdzić tego hasła.
    .action = Spróbuj ponownie później. Jeśli problem się utrzymuje, powiadom administratora.

aadsts-80013 = Zegary serwera haseł organizacji i jej usługi Active Directory nie są zgodne.
    .action = Powiadom administratora: zegar jednego z serwerów organizacji jest źle ustawiony.

aadsts-80014 = Serwer organizacji, który sprawdza hasła, odpowiedział zbyt późno.
    .action = Spróbuj ponownie później. Jeśli problem się utrzymuje, powiadom administratora.

aadsts-90002 = Organizacja podana w żądaniu nie istnieje albo należy do innej chmury.
    .action = Sprawdź dzierżawę i chmurę w konfiguracji.

aadsts-90006 = Zewnętrzny serwer jest chwilowo niedostępny.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-90008 = Aplikacja nie ma uprawnienia do logowania użytkowników i odczytu ich profilu.
    .action = W rejestracji aplikacji dodaj delegowane uprawnienie User.Read interfejsu Microsoft Graph.

aadsts-90012 = Usługa logowania nie obsłużyła żądania na czas.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-90014 = W żądaniu brakuje wymaganego pola.
    .action = Sprawdź konfigurację. Jeśli jest poprawna, to błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-90019 = Żądanie nie podaje organizacji, której dotyczy.
    .action = Ustaw w konfiguracji dzierżawę: jej identyfikator albo domenę.

aadsts-90023 = Żądanie jest nieprawidłowe dla usługi logowania.
    .action = Sprawdź konfigurację. Jeśli jest poprawna, to błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-90024 = Usługa logowania chwilowo przerwała obsługę żądania.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-90027 = Konta osobiste nie mogą się logować pod starym adresem (v1).
    .action = Jako wystawcę podaj adres usługi logowania w wersji v2.0.

aadsts-90033 = Usługa katalogowa jest teraz niedostępna.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-90036 = W usłudze katalogowej wystąpił nieoczekiwany błąd.
    .action = Na razie nie trzeba nic robić: Signet sam ponowi próbę. Jeśli problem się utrzymuje, podaj identyfikator korelacji pomocy technicznej firmy Microsoft.

aadsts-90038 = Organizacja należy do innej chmury firmy Microsoft.
    .action = Wybierz w konfiguracji właściwą chmurę: global, us-government albo china.

aadsts-90055 = Liczba żądań dla tej organizacji jest zbyt duża.
    .action = Nie trzeba nic robić: Signet odczeka i sam ponowi próbę.

aadsts-90072 = Konto nie jest znane w tej organizacji, dlatego nie można tu przeprowadzić uwierzytelniania wieloskładnikowego.
    .action = Zaloguj się na inne konto albo poproś administratora o zaproszenie tego konta jako gościa.

aadsts-90090 = Usługa katalogowa jest chwilowo niedostępna.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-90091 = Nie można połączyć się z usługą katalogową.
    .action = Nie trzeba nic robić: Signet sam ponowi próbę.

aadsts-90093 = Usługa katalogowa odrzuciła żądanie tego użytkownika.
    .action = Zwróć się do administratora: w tej organizacji użytkownicy nie mogą sami zatwierdzać aplikacji.

aadsts-90094 = Uprawnienia aplikacji wymagają zgody administratora.
    .action = Wyślij administratorowi link do udzielenia zgody. Gdy zgoda zostanie udzielona, zaloguj się ponownie.

aadsts-90095 = Aplikację muszą najpierw zatwierdzić administratorzy. Można ich o to poprosić na stronie logowania.
    .action = Wyślij prośbę na tej stronie, jeśli jeszcze jej nie wysłano. Gdy zostanie zatwierdzona, zaloguj się ponownie.

aadsts-90119 = Nie wpisano kodu logowania.
    .action = Rozpocznij logowanie od nowa.

aadsts-90120 = Kod logowania został już przyjęty albo odrzucony.
    .action = Rozpocznij logowanie od nowa.

aadsts-120000 = Przy ustawianiu nowego hasła wpisano błędnie dotychczasowe hasło.
    .action = Zaloguj się ponownie i starannie wpisz dotychczasowe hasło.

aadsts-120002 = Nowe hasło jest zbyt słabe.
    .action = Zaloguj się ponownie i wybierz silniejsze hasło.

aadsts-135011 = To urządzenie jest wyłączone w organizacji.
    .action = Poproś administratora o włączenie urządzenia.

aadsts-500011 = Usługa, której dotyczy żądanie, nie istnieje w tej organizacji.
    .action = Sprawdź chmurę i zakresy w konfiguracji. Jeśli są poprawne, zapytaj administratora, czy organizacja ma usługę Exchange Online.

aadsts-500014 = Usługa jest w tej organizacji wyłączona, na przykład dlatego, że skończyła się subskrypcja.
    .action = Poproś administratora o sprawdzenie subskrypcji.

aadsts-500021 = Ograniczenia dzierżaw w tej sieci nie pozwalają na dostęp do Twojej organizacji.
    .action = Użyj innej sieci albo poproś administratora tej sieci o dopuszczenie Twojej organizacji.

aadsts-500022 = Ograniczenia dzierżaw w tej sieci nie pozwalają aplikacji połączyć się z Twoją organizacją.
    .action = Użyj innej sieci albo poproś administratora tej sieci o dopuszczenie Twojej organizacji.

aadsts-500113 = Aplikacja nie ma zarejestrowanego adresu przekierowania.
    .action = W rejestracji aplikacji wpisz adres http://localhost na platformie „Aplikacje mobilne i klasyczne” (Mobile and desktop applications).

aadsts-500121 = Drugi składnik nie został potwierdzony: odrzucono go, upłynął czas albo jest źle skonfigurowany.
    .action = Zaloguj się ponownie i potwierdź na telefonie. Jeśli to nie Twoje logowanie, odrzuć je i powiadom administratora.

aadsts-500133 = Podpisane poświadczenie aplikacji nie jest teraz ważne, zwykle dlatego, że zegar tego komputera jest źle ustawiony.
    .action = Ustaw zegar tego komputera.

aadsts-500208 = Tego rodzaju konta (osobistego lub służbowego) nie można tu użyć.
    .action = Zaloguj się ponownie na konto służbowe lub szkolne.

aadsts-500212 = Twoja organizacja nie pozwala na dostęp do tej drugiej organizacji.
    .action = Zwróć się do administratora własnej organizacji.

aadsts-500213 = Druga organizacja nie dopuszcza użytkowników z Twojej organizacji.
    .action = Zwróć się do administratora organizacji, do której należy skrzynka.

aadsts-501481 = Dowód tego logowania (PKCE) się nie zgadza: zwykle skrzyżowały się dwa logowania.
    .action = Zamknij stare strony logowania w przeglądarce i rozpocznij logowanie od nowa.

aadsts-501491 = Wyzwanie PKCE w żądaniu ma niewłaściwą postać.
    .action = To błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-530003 = Zasady wymagają urządzenia zarządzanego przez organizację.
    .action = Zarejestruj urządzenie w systemie zarządzania urządzeniami organizacji albo zwróć się do administratora.

aadsts-530032 = Żądanie zablokowały zasady zabezpieczeń organizacji.
    .action = Podaj administratorowi identyfikator korelacji i zapytaj, które zasady zablokowały żądanie.

aadsts-530034 = Administrator delegowany jest zablokowany z powodu ryzyka we własnej organizacji.
    .action = Poproś administratora własnej organizacji o sprawdzenie i usunięcie ryzyka.

aadsts-530035 = Domyślne ustawienia zabezpieczeń organizacji blokują ten sposób logowania.
    .action = Zaloguj się ponownie w przeglądarce z uwierzytelnianiem wieloskładnikowym. Jeśli to się nie uda, zwróć się do administratora.

aadsts-530036 = Zasady zakończyły to logowanie, bo zostało wykonane za pomocą kodu urządzenia.
    .action = Zaloguj się ponownie w przeglądarce, a nie za pomocą kodu.

aadsts-530084 = Zasady wymagają tokenów powiązanych z urządzeniem (ochrona tokenu). Ta aplikacja nie może takich otrzymać.
    .action = Poproś administratora o wyłączenie tej aplikacji z ochrony tokenu.

aadsts-650052 = Organizacja nie ma subskrypcji tej usługi albo jej nie włączyła.
    .action = Zapytaj administratora, czy organizacja ma licencje na usługę Exchange Online.

aadsts-650053 = Usługa nie zna jednego z zakresów, o które proszono.
    .action = Sprawdź nazwy zakresów w konfiguracji.

aadsts-650054 = Uprawnienia dotyczą usługi, która została usunięta lub jest niedostępna.
    .action = Sprawdź uprawnienia w rejestracji aplikacji.

aadsts-650056 = Aplikacja jest źle skonfigurowana: brakuje uprawnienia lub zgody albo identyfikator aplikacji jest błędny.
    .action = Sprawdź identyfikator aplikacji (klienta) i uprawnienia w jej rejestracji. Poproś administratora o udzielenie zgody.

aadsts-650057 = Usługi, której dotyczy żądanie, nie ma w rejestracji aplikacji.
    .action = W rejestracji aplikacji dodaj uprawnienia do usługi w części „Uprawnienia interfejsu API” (API permissions).

aadsts-700005 = Kod autoryzacji wydano dla innej organizacji niż ta, w której miał zostać wymieniony.
    .action = Ustaw w konfiguracji identyfikator dzierżawy organizacji i zaloguj się ponownie.

aadsts-700009 = Brakuje parametru wymaganego przy tym rodzaju logowania.
    .action = To błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-700011 = Ta organizacja nie zna aplikacji.
    .action = Sprawdź w konfiguracji identyfikator aplikacji (klienta) i dzierżawę.

aadsts-700016 = Ta organizacja nie zna identyfikatora aplikacji albo dzierżawa lub chmura jest niewłaściwa.
    .action = Sprawdź w konfiguracji identyfikator aplikacji (klienta), dzierżawę i chmurę. Być może administrator musi najpierw zatwierdzić aplikację.

aadsts-700022 = Zakresy należą do więcej niż jednej usługi.
    .action = To błąd w żądaniu: naraz można prosić tylko o zakresy jednej usługi.

aadsts-700023 = Zakresy nie należą do żadnej usługi.
    .action = Sprawdź nazwy zakresów w konfiguracji.

aadsts-700025 = Aplikacja jest klientem publicznym, a przesłano klucz tajny lub certyfikat.
    .action = Usuń z konfiguracji klucz tajny klienta lub certyfikat.

aadsts-700027 = Podpis złożony certyfikatem aplikacji jest nieprawidłowy.
    .action = Prześlij używany certyfikat do rejestracji aplikacji.

aadsts-700082 = Zapisane logowanie nie było używane przez 90 dni i wygasło.
    .action = Zaloguj się ponownie.

aadsts-700084 = Adres przekierowania jest zarejestrowany jako aplikacja jednostronicowa. Takie logowanie trwa tylko 24 godziny.
    .action = W rejestracji aplikacji przenieś adres http://localhost na platformę „Aplikacje mobilne i klasyczne” (Mobile and desktop applications). Potem zaloguj się ponownie.

aadsts-900144 = W żądaniu brakuje wymaganego parametru.
    .action = To błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-900382 = Aplikacji z kluczem tajnym lub certyfikatem nie można używać między chmurami.
    .action = Użyj aplikacji zarejestrowanej w chmurze tej organizacji.

aadsts-900432 = Aplikacja z kluczem tajnym lub certyfikatem nie może logować do organizacji w innej chmurze.
    .action = Użyj aplikacji zarejestrowanej w chmurze tej organizacji.

aadsts-900971 = W żądaniu brakuje adresu przekierowania.
    .action = Sprawdź konfigurację. Jeśli jest poprawna, to błąd programu: zgłoś go i podaj identyfikator korelacji.

aadsts-901002 = Do adresu w wersji v2.0 wysłano stary parametr „resource”.
    .action = Podaj w konfiguracji pełne nazwy zakresów. Jeśli są pełne, to błąd programu: zgłoś go.

aadsts-1000031 = Aplikacji nie można obecnie używać.
    .action = Poproś administratora o sprawdzenie stanu aplikacji.

aadsts-7000110 = Ta aplikacja nie może wysyłać takich żądań.
    .action = Sprawdź rejestrację aplikacji, przede wszystkim część „Uwierzytelnianie” (Authentication).

aadsts-7000112 = Aplikacja jest wyłączona.
    .action = Poproś administratora o włączenie aplikacji.

aadsts-7000215 = Klucz tajny klienta jest nieprawidłowy. Często zamiast jego wartości kopiowany jest jego identyfikator.
    .action = Wpisz ponownie wartość klucza tajnego klienta.

aadsts-7000218 = Usługa żąda klucza tajnego, bo przepływy klientów publicznych są wyłączone albo adres przekierowania zarejestrowano na platformie internetowej (Web).
    .action = W rejestracji aplikacji wpisz http://localhost na platformie „Aplikacje mobilne i klasyczne” (Mobile and desktop applications) i włącz ustawienie „Zezwalaj na przepływy klientów publicznych” (Allow public client flows).

aadsts-7000222 = Klucz tajny klienta lub certyfikat wygasł.
    .action = Utwórz nowy w rejestracji aplikacji i wpisz go w konfiguracji.

aadsts-9001023 = Ten rodzaj żądania nie działa z adresami common i consumers.
    .action = Ustaw w konfiguracji identyfikator dzierżawy.

aadsts-9002313 = Żądanie ma niewłaściwą postać albo zapisane logowanie jest uszkodzone.
    .action = Zaloguj się ponownie. Jeśli to się powtórzy, zgłoś błąd i podaj identyfikator korelacji.

aadsts-9002325 = Adres przekierowania jest zarejestrowany jako aplikacja jednostronicowa, która wymaga PKCE.
    .action = W rejestracji aplikacji przenieś adres http://localhost na platformę „Aplikacje mobilne i klasyczne” (Mobile and desktop applications).

aadsts-9002326 = Żądanie pochodziło ze strony internetowej, a adres przekierowania nie jest zarejestrowany jako aplikacja jednostronicowa.
    .action = Kod może wymienić tylko Signet, a nie strona internetowa ani rozszerzenie przeglądarki. Zgłoś błąd i podaj identyfikator korelacji.

aadsts-9002327 = Adres przekierowania jest zarejestrowany jako aplikacja jednostronicowa, więc kod może wymienić tylko strona internetowa.
    .action = W rejestracji aplikacji przenieś adres http://localhost na platformę „Aplikacje mobilne i klasyczne” (Mobile and desktop applications).

aadsts-9002331 = Aplikacja jest zarejestrowana tylko dla kont osobistych.
    .action = Ustaw w konfiguracji dzierżawę consumers albo zarejestruj aplikację także dla kont służbowych.

aadsts-9002332 = Aplikacja jest zarejestrowana tylko dla kont służbowych, a użyto adresu dla kont osobistych.
    .action = Ustaw w konfiguracji dzierżawę: jej identyfikator albo organizations.
