# The configuration file: what can be wrong in it, and what `signet config` says.

## Mistakes; each follows the place in the file

config-no-toml = This cannot be read as TOML ({ $detail }). Look for a missing quotation mark, bracket or equals sign here or just before.
config-duplicate = This setting stands here a second time. Keep one of the two.
config-missing = The setting "{ $key }" is missing.
config-unknown-setting = The setting "{ $word }" is unknown. Known here: { $known }.
config-unknown-setting-nearest = The setting "{ $word }" is unknown. Did you mean "{ $nearest }"?
config-unknown-value = The setting "{ $key }" cannot be "{ $word }". It can be: { $known }.
config-unknown-value-nearest = The setting "{ $key }" cannot be "{ $word }". Did you mean "{ $nearest }"?
config-unknown-version = Version { $found } is not known here. This Signet reads version 1.
config-wants-text = The setting "{ $key }" must be text in quotation marks.
config-wants-texts = The setting "{ $key }" must be a list of texts, such as ["one", "two"].
config-wants-number = The setting "{ $key }" must be a whole number.
config-wants-count = The setting "{ $key }" must be a whole number from 0 to { $most }.
config-wants-flag = The setting "{ $key }" must be true or false.
config-wants-section = "{ $key }" must be a section: [{ $key }] on a line of its own, and its settings below.
config-unreadable = { $path } cannot be read: { $detail }
config-proxy-no-address = "{ $proxy }" is not the address of a proxy. One looks like http://proxy.company.com:8080.
config-extra-ca-unreadable = The file of extra_ca cannot be read: { $path }: { $detail }
config-extra-ca-empty = The file of extra_ca holds no certificate in PEM form: { $path }

## signet config

config-fine = Fine: { $path }
config-none = Fine: there is no { $path }, so everything is at its default.
config-edit-nobody = There is no terminal to edit at. Edit the file by other means: signet config path says where it is.
config-edit-unchanged = Nothing was changed.
config-edit-again = Edit again? (Y/n)
config-edit-kept = config.toml is as it was. What you typed is kept in { $copy }.
config-edit-no-editor = The editor "{ $editor }" did not end well, so config.toml is as it was. What you typed is kept in { $copy }. EDITOR chooses another editor.
config-edit-overtaken = config.toml was changed by somebody else meanwhile and is as they left it. What you typed is kept in { $copy }.
config-edit-done = Saved: { $path }. An agent that is running goes by it at once.
config-policy-mistake = line { $line }, column { $column }: { $detail }
config-policy-no-file = This is not a plain file.
config-policy-not-root = { $place } must belong to root, and nobody else may write to it.
config-policy-unreadable = It cannot be read: { $detail }
