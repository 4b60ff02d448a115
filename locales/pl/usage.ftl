# Niewłaściwe użycie: co wpisano i jak powinno być.

usage-argument-missing = Brakuje: { $argument }.
usage-unknown-argument = „{ $argument }” jest tu nieoczekiwane.
usage-unknown-command = Nie ma polecenia „{ $command }”.
usage-command-missing = Brakuje polecenia.
usage-value-missing = { $argument } wymaga podania wartości.
usage-value-wrong = „{ $value }” nie może być wartością { $argument }.
usage-conflict = { $argument } nie może wystąpić razem z { $other }.
usage-twice = { $argument } można podać tylko raz.
usage-no-unicode = Jeden z argumentów nie jest poprawnym tekstem Unicode.
usage-otherwise = Argumenty nie pasują do tego polecenia.
usage-meant = Czy chodziło o „{ $meant }”?
usage-known = Możliwe wartości: { $known }
usage-more = Więcej pokaże opcja --help.
