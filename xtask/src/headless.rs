//! Proves that the `signet` command builds without a desktop's libraries, and the tray without a web engine.

use anyhow::{Result, bail};

use crate::kit::{self, Kit};

/// Parts of package names that only a desktop program would link.
const DESKTOP: [&str; 8] = ["gdk", "gtk", "muda", "tao", "tauri", "tray-icon", "webkit", "wry"];

pub(crate) fn prove(kit: &Kit) -> Result<()> {
    // On the other systems a tray icon takes some of these.
    let packages = if cfg!(target_os = "linux") { &["signet-cli", "signet-tray"][..] } else { &["signet-cli"] };
    packages.iter().try_for_each(|package| prove_one(kit, package))
}

fn prove_one(kit: &Kit, package: &str) -> Result<()> {
    let tree = ["tree", "--package", package, "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
    let tree = kit::stdout(&mut kit.cargo(tree))?;
    let found = desktop_packages(&tree);
    if !found.is_empty() {
        bail!("{package} must build without GTK and WebKit, but depends on {}", found.join(", "));
    }
    Ok(())
}

fn desktop_packages(tree: &str) -> Vec<&str> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    let mut found: Vec<&str> = names.filter(|name| is_desktop(name)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn is_desktop(package: &str) -> bool {
    DESKTOP.iter().any(|part| package == *part || package.starts_with(part) || package.contains(&format!("{part}-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desktop_package_is_found_by_its_name() {
        let tree =
            "signet-cli v0.1.0 (/x/crates/cli)\nwebkit2gtk-sys v2.0.2\ngtk v0.18.2\ngtk v0.18.2 (*)\ntokio v1.54.0";
        assert_eq!(desktop_packages(tree), ["gtk", "webkit2gtk-sys"]);
    }

    #[test]
    fn the_folder_a_package_lies_in_does_not_count() {
        assert_eq!(desktop_packages("signet-cli v0.1.0 (/home/gtk-fan/tauri/cli)"), [""; 0]);
    }
}
