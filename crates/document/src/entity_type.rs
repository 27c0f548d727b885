//! The types of entities: one table, from which everything that lists them is made.

use crate::names::names;

macro_rules! table {
    (
        names { $($name:ident $name_in_record:literal $names_heading:literal)+ }
        values { $($value:ident $value_in_record:literal $values_heading:literal)+ }
    ) => {
        /// OntoNotes' entity types, and [`EntityType::Misc`] for other names.
        ///
        /// Adding a type is a change that users of this enum should look at: it is not `#[non_exhaustive]`, so that the
        /// compiler lists every `match` where a new type needs a decision.
        ///
        /// ```
        /// use document::EntityType;
        /// assert_eq!("ORG".parse(), Ok(EntityType::Org));
        /// assert_eq!("per".parse(), Ok(EntityType::Person)); // as CoNLL-2003 and its heirs write it
        /// assert_eq!(EntityType::Org.to_string(), "ORG");
        /// assert!(EntityType::Date.is_value() && !EntityType::Org.is_value());
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EntityType {
            $(#[doc = $names_heading] $name,)+
            $(#[doc = $values_heading] $value,)+
        }

        impl EntityType {
            /// Every type: the names, then the values.
            pub const ALL: &[Self] = &[$(Self::$name,)+ $(Self::$value,)+];

            /// The types of names, in the order of the models' labels.
            pub const NAMES: &[Self] = &[$(Self::$name,)+];

            /// The types of values: dates and amounts.
            pub const VALUES: &[Self] = &[$(Self::$value,)+];

            /// Whether it is a value (a date, an amount) and not a name.
            pub const fn is_value(self) -> bool {
                match self {
                    $(Self::$name => false,)+
                    $(Self::$value => true,)+
                }
            }

            /// What readers call them, in the plural: `People` for [`EntityType::Person`].
            pub const fn heading(self) -> &'static str {
                match self {
                    $(Self::$name => $names_heading,)+
                    $(Self::$value => $values_heading,)+
                }
            }
        }

        names!(EntityType by is_called {
            $($name = $name_in_record,)+
            $($value = $value_in_record,)+
        });
    };
}

// The names' order is that of the models' labels: another order needs other models.
table! {
    names {
        Person "PERSON" "People"
        Org "ORG" "Organisations"
        Gpe "GPE" "Countries, cities, states"
        Loc "LOC" "Other places"
        Fac "FAC" "Buildings and roads"
        Norp "NORP" "Peoples, religions, parties"
        Product "PRODUCT" "Products"
        Event "EVENT" "Events"
        Misc "MISC" "Other names"
    }
    values {
        Date "DATE" "Dates"
        Time "TIME" "Times of day"
        Money "MONEY" "Money"
        Percent "PERCENT" "Shares"
        Quantity "QUANTITY" "Measures"
        Ordinal "ORDINAL" "Ranks"
        Cardinal "CARDINAL" "Numbers"
    }
}

/// Whether a type may be called so: by its name in any case; `PER` counts as `PERSON`.
fn is_called(given: &str, name: &str) -> bool {
    given.eq_ignore_ascii_case(name) || (name == "PERSON" && given.eq_ignore_ascii_case("PER"))
}
