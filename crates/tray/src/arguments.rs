use desktop::Page;

/// What a start is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Run(Start),
    Window(Option<Page>),
    Help,
    Version,
}

/// Who starts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A person, who wants to see something.
    ByHand,
    /// The system.
    AtLogin,
}

/// Reads the command line; what is not understood comes back.
pub(crate) fn asked(arguments: &[String]) -> Result<Asked, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *words {
        [] => Ok(Asked::Run(Start::ByHand)),
        [desktop::autostart::AT_LOGIN] => Ok(Asked::Run(Start::AtLogin)),
        ["window"] => Ok(Asked::Window(None)),
        ["window", "--page", name] => {
            Page::named(name).map(|page| Asked::Window(Some(page))).ok_or_else(|| name.to_owned())
        }
        ["--help" | "-h", ..] => Ok(Asked::Help),
        ["--version" | "-V", ..] => Ok(Asked::Version),
        ["window", stray, ..] | [stray, ..] => Err(stray.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, want: Result<Asked, &str>) {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        assert_eq!(asked(&words), want.map_err(str::to_owned), "{line}");
    }

    #[test]
    fn every_form_is_understood_and_nothing_else() {
        check("", Ok(Asked::Run(Start::ByHand)));
        check("--at-login", Ok(Asked::Run(Start::AtLogin)));
        check("window", Ok(Asked::Window(None)));
        check("window --page accounts", Ok(Asked::Window(Some(Page::Accounts))));
        check("window --page first-run", Ok(Asked::Window(Some(Page::FirstRun))));
        check("window --page nowhere", Err("nowhere"));
        check("window --page", Err("--page"));
        check("--help", Ok(Asked::Help));
        check("-V", Ok(Asked::Version));
        check("agent", Err("agent"));
        check("--at-login now", Err("--at-login"));
    }
    #[test]
    fn the_help_names_every_page() {
        for language in texts::Language::ALL {
            let help = texts::text(language, "tray-help", &[]);
            let pages = help.lines().find(|line| line.contains("--page") && line.contains("...")).unwrap();
            for page in Page::ALL {
                let name = page.name();
                let is_named = pages.split([' ', ',']).any(|word| word == name);
                assert!(is_named, "{name} is missing: {pages}");
            }
        }
    }
}
