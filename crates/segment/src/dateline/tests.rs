use super::*;

const RUNNING: Setting = Setting {
    running: true,
    below: true,
};

#[test]
fn reads_datelines_as_agencies_write_them() {
    for (dateline, place, agency, date) in [
        (
            "DAMASCUS, Dec 3 (Reuters) -",
            Some("DAMASCUS"),
            Some("Reuters"),
            Some("--12-03"),
        ),
        (
            "NAIROBI, Kenya, Dec 31 (Reuters) —",
            Some("NAIROBI, Kenya"),
            Some("Reuters"),
            Some("--12-31"),
        ),
        ("LONDON —", Some("LONDON"), None, None),
        (
            "Kyiv, Ukraine (CNN) —",
            Some("Kyiv, Ukraine"),
            Some("CNN"),
            None,
        ),
        ("(CNN) —", None, Some("CNN"), None),
        ("(CNN)", None, Some("CNN"), None),
        ("NEW YORK _", Some("NEW YORK"), None, None),
        (
            "BRAYFORD, Tolvane (AP) _",
            Some("BRAYFORD, Tolvane"),
            Some("AP"),
            None,
        ),
        ("LAGOS (Nigeria) (AFP) –", Some("LAGOS"), Some("AFP"), None),
        ("LAGOS (Nigeria) (AFP)", Some("LAGOS"), Some("AFP"), None),
        (
            "MOSCOW, March 4. /TASS/.",
            Some("MOSCOW"),
            Some("TASS"),
            Some("--03-04"),
        ),
        (
            "MOSCOW, March 4 /TASS/.",
            Some("MOSCOW"),
            Some("TASS"),
            Some("--03-04"),
        ),
        (
            "(ANSA) - ROME, MAR 4 -",
            Some("ROME"),
            Some("ANSA"),
            Some("--03-04"),
        ),
        (
            "BEIJING, March 4 (Xinhua) --",
            Some("BEIJING"),
            Some("Xinhua"),
            Some("--03-04"),
        ),
        ("WASHINGTON, D.C. –", Some("WASHINGTON, D.C."), None, None),
        ("PORT ELLERY, Ont. —", Some("PORT ELLERY, Ont."), None, None),
        ("MUMBAI (Reuters) -", Some("MUMBAI"), Some("Reuters"), None),
        ("MUMBAI (PTI):", Some("MUMBAI"), Some("PTI"), None),
        (
            "SAN JOSE, Calif., March 4, 2025 /PRNewswire/ --",
            Some("SAN JOSE, Calif."),
            Some("PRNewswire"),
            Some("2025-03-04"),
        ),
        (
            "MARLOW SPRINGS, Tolvane--(BUSINESS WIRE)--",
            Some("MARLOW SPRINGS, Tolvane"),
            Some("BUSINESS WIRE"),
            None,
        ),
        (
            "LONDON – 4 March 2025 –",
            Some("LONDON"),
            None,
            Some("2025-03-04"),
        ),
        (
            "GENEVA (4 March 2025) –",
            Some("GENEVA"),
            None,
            Some("2025-03-04"),
        ),
        (
            "4 March 2025, Geneva –",
            Some("Geneva"),
            None,
            Some("2025-03-04"),
        ),
        (
            "March 4, 2025 – GENEVA –",
            Some("GENEVA"),
            None,
            Some("2025-03-04"),
        ),
        (
            "Suva Point, 3 March –",
            Some("Suva Point"),
            None,
            Some("--03-03"),
        ),
        (
            "New Delhi, Mar 4 (PTI)",
            Some("New Delhi"),
            Some("PTI"),
            Some("--03-04"),
        ),
        ("New Delhi:", Some("New Delhi"), None, None),
        ("ISLAMABAD:", Some("ISLAMABAD"), None, None),
        ("New York City —", Some("New York City"), None, None),
        (
            "NEW YORK/LONDON, March 4 (Reuters) -",
            Some("NEW YORK/LONDON"),
            Some("Reuters"),
            Some("--03-04"),
        ),
    ] {
        let text = format!("{dateline} The council said on Tuesday that it would meet again.");
        let (found, _) = find(&text, 0, RUNNING).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[found.span], dateline);
        assert_eq!(
            (
                found.place.as_deref(),
                found.agency.as_deref(),
                found.date.as_deref()
            ),
            (place, agency, date),
            "{text}"
        );
    }
}

#[test]
fn what_stands_before_a_dateline_is_none_of_it() {
    for (before, dateline) in [
        ("(Eds: Adds details) ", "New Delhi, Mar 4 (PTI)"),
        ("By Jane Roe ", "LAGOS, March 4 (NAN)"),
        ("**", "PORT ELLERY —"),
    ] {
        let text = format!("{before}{dateline} The council met on Tuesday.");
        let (found, _) = find(&text, 0, RUNNING).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[found.span], dateline);
    }
}

#[test]
fn what_only_looks_like_a_dateline_is_none() {
    for text in [
        "FILE - In this photo of March 4, a ship leaves the port of Oslo.",
        "NOTE: The council met on Tuesday and will meet again in a week.",
        "Note: The council met on Tuesday and will meet again in a week.",
        "SEN. RUTH CALLOWAY (D-OR): Good morning to you and to all who watch.",
        "MR. SMITH: Good morning to you and to all who watch us today.",
        "JOHN DOE (KTVN): Good morning to you and to all who watch us today.",
        "HOST: Good morning to you and to all who watch us on this day.",
        "UPDATE — The council met on Tuesday and will meet again.",
        "Iran — which has said no — will meet the council again on Tuesday.",
        "Ana Roe: “I will not go there again,” she said to the council.",
        "The council – New York's oldest – met on Tuesday.",
        "Tolvane election live: Quaile concedes as results come in tonight.",
        "Acme (up from 38) will meet the council on Tuesday.",
        "March 4, 2025 – The council met on Tuesday.",
        "Oslo: Rain.",
        "The Latest: The council met on Tuesday and will meet again in a week.",
        "Editor’s Note: The council met on Tuesday and will meet again in a week.",
        "",
    ] {
        assert_eq!(find(text, 0, RUNNING), None, "{text}");
    }
    let top = Setting {
        running: true,
        below: false,
    };
    let headline = "BOOM: Council Just Fired A Missile At The Mayor She Won't Want To See.";
    assert_eq!(find(headline, 0, top), None);
    let headline = "Castle Dunmere – Woman charged after swan found in lift";
    assert_eq!(find(headline, 0, Setting::default()), None);
    let headline = "Castle Dunmere: Woman charged after swan found in lift";
    assert_eq!(find(headline, 0, Setting::default()), None);
}
