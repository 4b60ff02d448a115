//! A tray icon's menu.

use std::collections::HashMap;

use anyhow::{Context, Result};
use zbus::zvariant::OwnedValue;

/// A node as `GetLayout` answers it: id, properties, and the nodes below it.
pub(super) type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// One line of a menu.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) id: i32,
    pub label: String,
    pub enabled: bool,
    /// Nothing where there is no box to tick.
    pub checked: Option<bool>,
    /// What is in the submenu.
    pub children: Vec<Entry>,
}

impl Entry {
    pub(super) fn of((id, mut properties, nodes): Layout) -> Result<Self> {
        let label = properties.remove("label").map(String::try_from).transpose()?;
        let enabled = properties.remove("enabled").map(bool::try_from).transpose()?;
        let ticked = properties.remove("toggle-state").map(i32::try_from).transpose()?;
        let has_box = text(&mut properties, "toggle-type")?.is_some_and(|kind| !kind.is_empty());
        let mut children = Vec::new();
        for node in nodes {
            let node = Layout::try_from(node).context("a node of the menu")?;
            if is_shown(&node)? {
                children.push(Self::of(node)?);
            }
        }
        Ok(Self {
            id,
            label: plain(&label.unwrap_or_default()),
            enabled: enabled.unwrap_or(true),
            checked: has_box.then_some(ticked == Some(1)),
            children,
        })
    }
}

fn is_shown((_, properties, _): &Layout) -> Result<bool> {
    let visible = properties.get("visible").map(bool::try_from).transpose()?.unwrap_or(true);
    let kind = properties.get("type").map(<&str>::try_from).transpose()?;
    Ok(visible && kind != Some("separator"))
}

fn text(properties: &mut HashMap<String, OwnedValue>, name: &str) -> Result<Option<String>> {
    Ok(properties.remove(name).map(String::try_from).transpose()?)
}

/// An underscore marks the letter to be typed; two of them are one that is shown.
fn plain(label: &str) -> String {
    let mut shown = String::with_capacity(label.len());
    let mut letters = label.chars();
    while let Some(letter) = letters.next() {
        shown.extend(if letter == '_' { letters.next() } else { Some(letter) });
    }
    shown
}

/// A menu written out: what cannot be clicked in parentheses, what is ticked marked, submenus indented.
pub fn outline(menu: &[Entry]) -> String {
    let mut lines = String::new();
    write_out(menu, 0, &mut lines);
    lines
}

fn write_out(menu: &[Entry], depth: usize, lines: &mut String) {
    for Entry { label, enabled, checked, children, .. } in menu {
        let mark = match checked {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let label = if *enabled { label.clone() } else { format!("({label})") };
        lines.push_str(&format!("{:1$}{mark}{label}\n", "", depth * 2));
        write_out(children, depth + 1, lines);
    }
}

pub(super) fn find<'m>(menu: &'m [Entry], way: &[&str]) -> Option<&'m Entry> {
    let (first, rest) = way.split_first()?;
    let entry = menu.iter().find(|entry| entry.label == *first)?;
    if rest.is_empty() { Some(entry) } else { find(&entry.children, rest) }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_mark_of_a_letter_is_not_shown() {
        assert_eq!(plain("_Sign in..."), "Sign in...");
        assert_eq!(plain("jan__kowalski@firma.pl"), "jan_kowalski@firma.pl");
    }
}
