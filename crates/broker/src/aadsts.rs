//! Whom an AADSTS number concerns; the numbers are Microsoft's list "Entra authentication and authorization error codes".

use crate::failure::Kind;

/// The kind of a known number.
pub(crate) fn kind(code: u32) -> Option<Kind> {
    KINDS.iter().find(|(_, codes)| codes.binary_search(&code).is_ok()).map(|(kind, _)| *kind)
}

const KINDS: [(Kind, &[u32]); 5] = [
    (Kind::SignIn, &SIGN_IN),
    (Kind::UserChoice, &USER_CHOICE),
    (Kind::Configuration, &CONFIGURATION),
    (Kind::Transient, &TRANSIENT),
    (Kind::Admin, &ADMIN),
];

const SIGN_IN: [u32; 41] = [
    16_000, 16_003, 50_020, 50_034, 50_055, 50_056, 50_058, 50_072, 50_074, 50_076, 50_078, 50_079, 50_085, 50_089,
    50_125, 50_126, 50_132, 50_133, 50_135, 50_140, 50_144, 50_158, 50_173, 50_197, 51_004, 53_004, 54_005, 65_001,
    70_000, 70_008, 70_019, 70_020, 70_043, 70_044, 90_072, 90_120, 500_121, 500_208, 501_481, 530_036, 700_082,
];

const USER_CHOICE: [u32; 6] = [16_001, 50_199, 65_004, 70_018, 120_000, 120_002];

const CONFIGURATION: [u32; 56] = [
    28_000, 28_002, 28_003, 50_001, 50_011, 50_012, 50_049, 50_059, 50_128, 50_147, 50_194, 65_002, 65_005, 70_002,
    70_011, 90_002, 90_008, 90_014, 90_019, 90_023, 90_027, 90_038, 90_119, 500_011, 500_113, 500_133, 501_491,
    650_053, 650_054, 650_056, 650_057, 700_005, 700_009, 700_011, 700_016, 700_022, 700_023, 700_025, 700_027,
    700_084, 900_144, 900_382, 900_432, 900_971, 901_002, 7_000_110, 7_000_215, 7_000_218, 7_000_222, 9_001_023,
    9_002_313, 9_002_325, 9_002_326, 9_002_327, 9_002_331, 9_002_332,
];

const TRANSIENT: [u32; 21] = [
    50_000, 50_033, 50_087, 50_088, 50_166, 50_196, 70_012, 70_016, 80_001, 80_002, 80_005, 80_007, 80_014, 90_006,
    90_012, 90_024, 90_033, 90_036, 90_055, 90_090, 90_091,
];

const ADMIN: [u32; 37] = [
    50_002, 50_005, 50_015, 50_053, 50_057, 50_097, 50_105, 50_127, 50_129, 50_131, 50_155, 50_187, 53_000, 53_001,
    53_002, 53_003, 53_010, 53_011, 70_001, 80_013, 90_093, 90_094, 90_095, 135_011, 500_014, 500_021, 500_022,
    500_212, 500_213, 530_003, 530_032, 530_034, 530_035, 530_084, 650_052, 1_000_031, 7_000_112,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_no_number_stands_in_two() {
        let mut all = Vec::new();
        for (_, codes) in KINDS {
            assert!(codes.is_sorted(), "binary search needs order: {codes:?}");
            all.extend_from_slice(codes);
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a number stands in two lists");
        assert_eq!(kind(50_173), Some(Kind::SignIn));
        assert_eq!(kind(1), None);
    }
}
