use std::fs;
use std::io;
use std::path::Path;

use clap::{ArgMatches, Command};
use clap_mangen::Man;
use texts::{Language, text};

use crate::exit::Failed;
use crate::out::Out;
use crate::{command, given, usage};

/// The generator's own headings, and the texts that stand for them.
const HEADINGS: [(&str, &str); 4] = [
    ("NAME", "help-man-name"),
    ("SYNOPSIS", "help-man-synopsis"),
    ("DESCRIPTION", "help-man-description"),
    ("EXTRA", "help-man-extra"),
];

/// Writes one page for each command.
pub(crate) fn man(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let folder = Path::new(given(args, "folder"));
    fs::create_dir_all(folder)?;
    let mut command = command::offered(out.language);
    command.build();
    write(&command, out.language, folder)?;
    Ok(())
}

fn write(command: &Command, language: Language, folder: &Path) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    fs::write(folder.join(format!("{name}.1")), page(command, name, language)?)?;
    command.get_subcommands().try_for_each(|it| write(it, language, folder))
}

fn page(command: &Command, name: &str, language: Language) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).title(name.to_uppercase()).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    let lines = page.lines().map(|line| match line.strip_prefix(".SH ") {
        Some(heading) => format!(".SH {}\n", translated(heading, language)),
        None => format!("{}\n", usage::page(language, line)),
    });
    Ok(lines.collect())
}

fn translated(heading: &str, language: Language) -> String {
    let own = HEADINGS.iter().find(|(english, _)| *english == heading);
    own.map_or_else(|| heading.to_owned(), |(_, id)| text(language, id, &[]))
}
