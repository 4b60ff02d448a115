//! The icons: rendered from their sources, told apart without colour, seen on light and dark panels.

use std::fs;
use std::path::PathBuf;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

const MOODS: [&str; 5] = ["signed-in", "working", "attention", "signed-out", "locked"];
/// With the pixels left free around the picture: at 22 it is the one of 16, since 22 is no multiple of what it is drawn on.
const SIZES: [(u32, u32); 5] = [(16, 0), (22, 3), (24, 0), (32, 0), (48, 0)];

/// Takes what is rendered for right.
const ACCEPT: &str = "SIGNET_ACCEPT";

#[test]
fn each_is_what_its_source_renders_to() {
    for mood in MOODS {
        for (side, margin) in SIZES {
            let rendered = rendered(mood, side, margin);
            let path = icons().join(format!("{mood}-{side}.png"));
            if std::env::var_os(ACCEPT).is_some() {
                rendered.save_png(&path).expect("a folder to write into");
            }
            let kept = Pixmap::load_png(&path).expect("a picture");
            assert!(
                kept.data() == rendered.data(),
                "{} is not what {mood}.svg renders to. If that is right: {ACCEPT}=1 cargo test -p signet-tray --test icons",
                path.display()
            );
        }
    }
}

/// What Windows takes for a program's own icon.
#[test]
fn the_programs_icon_holds_the_same_pictures() {
    let path = icons().join("signed-in.ico");
    let made = icon_file(&[16, 24, 32, 48].map(|side| rendered("signed-in", side, 0)));
    if std::env::var_os(ACCEPT).is_some() {
        fs::write(&path, &made).expect("a folder to write into");
    }
    assert!(fs::read(&path).is_ok_and(|kept| kept == made), "{} holds other pictures", path.display());
}

#[test]
fn they_are_told_apart_without_colour() {
    let shapes = MOODS.map(|mood| (mood, opacity(mood, 16)));
    for (at, (mood, shape)) in shapes.iter().enumerate() {
        for (other, their) in &shapes[at + 1..] {
            let differing = shape.iter().zip(their).filter(|(a, b)| a.abs_diff(**b) > 128).count();
            assert!(differing >= 20, "{mood} and {other} differ in {differing} of 256 pixels only");
        }
    }
}

/// WCAG 2.2, success criterion 1.4.11: graphics differ from what is around them by 3 to 1.
#[test]
fn they_are_seen_on_light_and_dark_panels() {
    for mood in MOODS {
        let picture = rendered(mood, 16, 0);
        let solid = picture.pixels().iter().filter(|pixel| pixel.alpha() == u8::MAX);
        let colour = solid.map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).next().expect("a solid pixel");
        for panel in [[0xff, 0xff, 0xff], [0x1e, 0x1e, 0x1e]] {
            let contrast = contrast(colour, panel);
            assert!(contrast >= 3.0, "{mood} {colour:x?} on {panel:x?}: {contrast:.2}");
        }
    }
}

fn icons() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../icons")
}

fn rendered(mood: &str, side: u32, margin: u32) -> Pixmap {
    let source = fs::read(icons().join(format!("{mood}.svg"))).expect("a source");
    let tree = Tree::from_data(&source, &Options::default()).expect("valid SVG");
    let mut pixmap = Pixmap::new(side, side).expect("some pixels");
    let scale = (side - 2 * margin) as f32 / tree.size().width();
    let place = Transform::from_scale(scale, scale).post_translate(margin as f32, margin as f32);
    resvg::render(&tree, place, &mut pixmap.as_mut());
    pixmap
}

/// A heading, an entry of 16 bytes for each picture, and the pictures as PNG (the `ICONDIR` of Windows).
fn icon_file(pictures: &[Pixmap]) -> Vec<u8> {
    const PNG_ENTRY: [u8; 6] = [0, 0, 1, 0, 32, 0];
    let count = u16::try_from(pictures.len()).expect("a few");
    let (mut entries, mut data) = ([[0, 0], [1, 0], count.to_le_bytes()].concat(), Vec::new());
    let mut place = 6 + 16 * u32::from(count);
    for picture in pictures {
        let side = u8::try_from(picture.width()).expect("a small picture");
        let png = picture.encode_png().expect("a picture");
        let length = u32::try_from(png.len()).expect("a small picture");
        entries.extend([side, side]);
        entries.extend(PNG_ENTRY);
        entries.extend(length.to_le_bytes());
        entries.extend(place.to_le_bytes());
        place += length;
        data.extend(png);
    }
    entries.extend(data);
    entries
}

fn opacity(mood: &str, side: u32) -> Vec<u8> {
    rendered(mood, side, 0).pixels().iter().map(|pixel| pixel.alpha()).collect()
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
