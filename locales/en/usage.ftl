# Wrong usage: what was typed, and what would be right.

usage-argument-missing = { $argument } is missing.
usage-unknown-argument = "{ $argument }" is not expected here.
usage-unknown-command = There is no command "{ $command }".
usage-command-missing = A command is missing.
usage-value-missing = { $argument } needs a value.
usage-value-wrong = "{ $value }" cannot be given for { $argument }.
usage-conflict = { $argument } cannot be given together with { $other }.
usage-twice = { $argument } can be given only once.
usage-no-unicode = An argument is not valid Unicode text.
usage-otherwise = The arguments do not fit this command.
usage-meant = Did you mean "{ $meant }"?
usage-known = It can be: { $known }
usage-more = More is told by --help.
