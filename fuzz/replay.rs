use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use super::TARGETS;

/// Runs each check over its corpus, and names the files that it does not hold for.
#[test]
fn what_the_fuzzer_found_is_read_as_it_should_be() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut bad = Vec::new();
    for (target, check) in TARGETS {
        let files: Vec<_> = fs::read_dir(corpora.join(target))
            .unwrap_or_else(|error| panic!("fuzz/corpus/{target}: {error}"))
            .map(|file| file.expect("a file of the corpus").path())
            .collect();
        assert!(!files.is_empty(), "fuzz/corpus/{target} is empty");
        for file in files {
            let bytes = fs::read(&file).expect("a file that can be read");
            if catch_unwind(|| check(&bytes)).is_err() {
                bad.push(file);
            }
        }
    }
    assert!(bad.is_empty(), "not as it should be: {bad:#?}");
}
