//! Sequence labelling: label schemes, constraints, decoding, and a linear-chain CRF in a file that is read in place.
