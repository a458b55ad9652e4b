//! samovar-tests
