//! The quotations model.

use anyhow::Result;
use document::{Annotation, Document, Record, Tool};
use std::io::Write;
use std::path::Path;

/// Writes the quotations that the library finds in the texts of a corpus file, and nothing else that the file says of
/// them, as JSON Lines: what the scorer compares with that file.
pub fn tag(file: &Path, out: &mut impl Write) -> Result<()> {
    let extractor = quotes::Extractor::fast();
    let tool = Tool {
        name: "quotes",
        version: "",
        model: None,
    };
    for gold in crate::corpus::read(file)? {
        let line = serde_json::json!({ "id": gold.id, "text": gold.text }).to_string();
        let record = Record::parse(&line)?;
        let text = record.text()?;
        let document = Document::new(&record, &text);
        let input = quotes::Input {
            text: &text,
            ..Default::default()
        };
        let mut line = String::new();
        let quotes = extractor.quotes(&input);
        document.write(&tool, &[Annotation::Quotes(quotes)], &mut line)?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}
