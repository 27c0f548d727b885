//! Enums whose variants have a name in the record.

use thiserror::Error;

/// A name that no variant has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{name}` is not one of {}", allowed.join(", "))]
pub struct UnknownName {
    /// As it was given.
    pub name: String,
    /// The names that there are.
    pub allowed: &'static [&'static str],
}

/// Implements for an enum its names: `as_str`, `Display`, `FromStr` (by `eq`), and serde's traits.
macro_rules! names {
    ($type:ident by $eq:path { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name in a record.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                $(if $eq(name, $name) { return Ok(Self::$variant); })+
                Err($crate::UnknownName {
                    name: name.to_owned(),
                    allowed: &[$($name),+],
                })
            }
        }

        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = ::std::borrow::Cow::<str>::deserialize(deserializer)?;
                name.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use names;
