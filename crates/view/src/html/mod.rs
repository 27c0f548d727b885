//! One page of HTML that needs nothing else: no network, no framework, and no script for reading.

mod article;
mod aside;
mod escape;
mod index;

use crate::Article;
use article::Body;
use escape::escaped;
use index::Listed;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The script's SHA-256 in Base64: the page's policy lets no other script run, even if one should get through the
/// escaping. A test compares it with the script.
const SCRIPT_HASH: &str = include_str!("page.js.sha256");

/// A page of articles. With several, an index comes first, and a browser shows one at a time.
///
/// ```
/// let mut page = view::Page::new();
/// page.add(&view::Article { text: "<script>alert(1)</script>", ..Default::default() });
/// let html = page.finish();
/// assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
/// ```
#[derive(Debug, Default)]
pub struct Page {
    articles: Vec<String>,
    listed: Vec<Listed>,
}

impl Page {
    /// A page with nothing on it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an article. The page keeps its HTML, some five times its text.
    pub fn add(&mut self, article: &Article<'_>) {
        let number = self.articles.len() + 1;
        let body = Body::new(article, number);
        self.listed.push(Listed::new(article, &body));
        self.articles.push(body.html());
    }

    /// The page.
    pub fn finish(self) -> String {
        let several = self.articles.len() != 1;
        let title = match self.listed.as_slice() {
            [one] => one.title.clone(),
            many => format!("{} articles", many.len()),
        };
        let mut out = String::with_capacity(
            self.articles.iter().map(String::len).sum::<usize>() + (32 << 10),
        );
        out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.push_str(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n",
        );
        out.push_str(&format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; \
             form-action 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{}'\">\n",
            SCRIPT_HASH.trim()
        ));
        out.push_str(&format!("<title>{}</title>\n", escaped(&title)));
        out.push_str(&format!("<style>\n{STYLE}</style>\n</head>\n"));
        out.push_str(if several {
            "<body class=\"several\">\n"
        } else {
            "<body>\n"
        });
        out.push_str(if several {
            "<a class=\"skip\" href=\"#index\">To the index</a>\n"
        } else {
            "<a class=\"skip\" href=\"#d1\">To the article</a>\n"
        });
        out.push_str(CONTROLS);
        out.push_str("<main>\n");
        if several {
            index::write(&self.listed, &mut out);
        }
        for article in &self.articles {
            out.push_str(article);
        }
        out.push_str("</main>\n");
        if several {
            let data = escape::json(&self.listed);
            out.push_str(&format!(
                "<script type=\"application/json\" id=\"data\">{data}</script>\n"
            ));
        }
        out.push_str(&format!("<script>{SCRIPT}</script>\n</body>\n</html>\n"));
        out
    }
}

/// Check boxes for what is marked. They work without a script, by style alone.
const CONTROLS: &str = "<fieldset class=\"controls\"><legend>Show</legend>\n\
<label><input type=\"checkbox\" id=\"show-quotes\" checked> quotations</label>\n\
<label><input type=\"checkbox\" id=\"show-speakers\" checked> speakers</label>\n\
<label><input type=\"checkbox\" id=\"show-names\" checked> names</label>\n\
<label><input type=\"checkbox\" id=\"show-values\"> dates and amounts</label>\n\
<label><input type=\"checkbox\" id=\"show-summary\" checked> summary</label>\n\
</fieldset>\n";

/// Rows of name, bar and number, the longest bar filling its cell.
fn bars(caption: &str, rows: &[(String, usize, String)], out: &mut String) {
    let most = rows.iter().map(|(_, n, _)| *n).max().unwrap_or(1).max(1);
    out.push_str(&format!(
        "<table class=\"bars\"><caption>{caption}</caption>\n"
    ));
    for (name, n, class) in rows {
        out.push_str(&format!(
            "<tr class=\"{class}\"><th scope=\"row\">{name}</th><td class=\"bar\"><span style=\"width:{}%\"></span></td><td>{n}</td></tr>\n",
            (n * 100).div_ceil(most)
        ));
    }
    out.push_str("</table>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_script() {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(SCRIPT));
        assert_eq!(SCRIPT_HASH.trim(), hash, "put this into page.js.sha256");
    }

    #[test]
    fn the_page_names_no_place_in_the_network() {
        let mut page = Page::new();
        for text in ["One.", "Two."] {
            page.add(&Article {
                text,
                ..Article::default()
            });
        }
        let html = page.finish();
        for word in ["http:", "https:", "://", "src=", "@import", "url("] {
            assert!(!html.contains(word), "{word}");
        }
    }

    /// The contrast of two colours, as WCAG 2 defines it.
    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let luminance = |c: [f64; 3]| {
            let linear = c.map(|v| {
                if v <= 0.03928 {
                    v / 12.92
                } else {
                    ((v + 0.055) / 1.055).powf(2.4)
                }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colours of one `:root { … }`, by name.
    fn colors(rules: &str) -> Vec<(String, [f64; 3])> {
        let declarations = rules
            .split([';', '{', '}'])
            .filter_map(|d| d.split_once(':'));
        declarations
            .filter_map(|(name, value)| {
                let hex = value.trim().strip_prefix('#')?;
                let channel =
                    |i| f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
                let name = name.trim().strip_prefix("--")?;
                Some((name.to_owned(), [channel(0), channel(2), channel(4)]))
            })
            .collect()
    }

    #[test]
    fn text_stands_out_in_light_and_dark() {
        let (light, rest) = STYLE.split_once("/* dark */").unwrap();
        let (dark, _) = rest.split_once("/* end of dark */").unwrap();
        for theme in [light, dark] {
            let colors = colors(theme);
            let color = |name: &str| colors.iter().find(|(n, _)| n == name).unwrap().1;
            assert!(colors.len() >= 25, "{}", colors.len());
            for paper in ["paper", "panel"] {
                assert!(contrast(color("ink"), color(paper)) >= 7.0);
                assert!(
                    contrast(color("soft"), color(paper)) >= 4.5,
                    "soft on {paper}"
                );
                assert!(
                    contrast(color("link"), color(paper)) >= 4.5,
                    "link on {paper}"
                );
            }
            for i in 0..8 {
                let (tint, tone) = (color(&format!("tint{i}")), color(&format!("tone{i}")));
                for text in ["ink", "link"] {
                    assert!(contrast(color(text), tint) >= 4.5, "{text} on tint{i}");
                }
                for paper in ["paper", "panel"] {
                    assert!(contrast(tone, color(paper)) >= 4.5, "tone{i} on {paper}");
                }
                assert!(contrast(tone, tint) >= 4.5, "tone{i} on its tint");
            }
            for tint in ["tintx", "lit", "mark"] {
                assert!(contrast(color("ink"), color(tint)) >= 4.5, "ink on {tint}");
                assert!(
                    contrast(color("link"), color(tint)) >= 4.5,
                    "link on {tint}"
                );
            }
            assert!(contrast(color("warn"), color("paper")) >= 4.5);
        }
    }
}
