//! The icon's pictures, rendered from `icons/*.svg`; a test holds the two to each other.

use crate::mood::Mood;

/// One size of an icon.
pub(crate) struct Picture {
    /// Pixels in a row, and rows.
    pub(crate) side: i32,
    rgba: Vec<u8>,
}

impl Picture {
    /// Red, green, blue, alpha.
    pub(crate) fn rgba(self) -> Vec<u8> {
        self.rgba
    }

    /// Alpha, red, green, blue: as StatusNotifierItem has it.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "for the tray of Linux"))]
    pub(crate) fn argb(mut self) -> Vec<u8> {
        self.rgba.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel.rotate_right(1));
        self.rgba
    }
}

/// Every size of the icon of a mood: whoever shows it takes the one that fits.
pub(crate) fn of(mood: Mood) -> Vec<Picture> {
    files(mood).into_iter().filter_map(|file| decoded(file).ok()).collect()
}

fn files(mood: Mood) -> [&'static [u8]; 5] {
    macro_rules! sizes {
        ($($name:literal)*) => { [$(include_bytes!(concat!("../../../icons/", $name, ".png"))),*] };
    }
    match mood {
        Mood::SignedIn => sizes!("signed-in-16" "signed-in-22" "signed-in-24" "signed-in-32" "signed-in-48"),
        Mood::Working => sizes!("working-16" "working-22" "working-24" "working-32" "working-48"),
        Mood::Attention => sizes!("attention-16" "attention-22" "attention-24" "attention-32" "attention-48"),
        Mood::SignedOut => sizes!("signed-out-16" "signed-out-22" "signed-out-24" "signed-out-32" "signed-out-48"),
        Mood::Locked => sizes!("locked-16" "locked-22" "locked-24" "locked-32" "locked-48"),
    }
}

fn decoded(file: &[u8]) -> Result<Picture, png::DecodingError> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info()?;
    let mut rgba = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut rgba)?;
    rgba.truncate(frame.buffer_size());
    Ok(Picture { side: i32::try_from(frame.width).unwrap_or_default(), rgba })
}
