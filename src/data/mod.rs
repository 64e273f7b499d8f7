//! Items to learn from and to judge.
