//! The command line of newstext's tools.
