//! Which documents `entities` and `quotes` work on: English ones.

use document::Document;

/// Why a document is passed on as it is, if it is in another language than English; one without `lang` is taken for
/// English.
pub(crate) fn other_language(tool: &str, document: &Document<'_>) -> Option<String> {
    let lang = document.string("lang")?;
    let language = lang.split(['-', '_']).next().unwrap_or_default();
    let english = ["", "en", "eng", "english"];
    if english
        .iter()
        .any(|name| language.eq_ignore_ascii_case(name))
    {
        return None;
    }
    Some(format!(
        "`lang` is {lang:?}: {tool} reads English and leaves such documents as they are (--any-lang to try all the same)"
    ))
}
