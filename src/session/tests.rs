//! Tests of the session come with its parts.
