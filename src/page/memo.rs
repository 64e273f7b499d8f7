//! A value that is computed anew when what it hangs on changes, and wakes what hangs on it only when it is another.
//!
//! Leptos has such a memo, and builds all of its machinery for every type of value that there is one of. The page has
//! a hundred types; with the value behind a pointer the machinery is there once, and the page smaller by a tenth.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{self, Get as _, GetUntracked as _, Track as _};

/// A value of any type.
pub(super) type Erased = Arc<dyn Any + Send + Sync>;

/// Whether two values of one type are equal.
pub(super) type IsSame = fn(&Erased, &Erased) -> bool;

/// Computes a value, knowing the one of before.
type Compute = Box<dyn Fn(Option<&Erased>) -> Erased + Send + Sync>;

/// Leptos' memo, for values that are all of type `T`.
pub(super) struct Memo<T> {
    erased: prelude::Memo<Erased>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Copy for Memo<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// Computes the value now and when a signal changes that it was computed from, knowing the value of before.
    pub(super) fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        Self::of(erased_memo(
            Box::new(move |known| Arc::new(compute(known.map(value_in)))),
            is_same::<T>,
        ))
    }
}

impl<T: 'static> Memo<T> {
    /// What a memo holds that only ever holds values of type `T`.
    pub(super) fn of(erased: prelude::Memo<Erased>) -> Self {
        Self {
            erased,
            holds: PhantomData,
        }
    }

    pub(super) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(value_in(&self.erased.get()))
    }

    pub(super) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(value_in(&self.erased.get_untracked()))
    }

    pub(super) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub(super) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// `None` when the part of the page that made it has gone away.
    pub(super) fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        let erased = self.erased.try_get_untracked()?;
        Some(value_in::<T>(&erased).clone())
    }

    pub(super) fn track(self) {
        self.erased.track();
    }
}

/// Whether two erased values of type `T` are equal.
pub(super) fn is_same<T: PartialEq + 'static>(one: &Erased, other: &Erased) -> bool {
    value_in::<T>(one) == value_in::<T>(other)
}

fn value_in<T: 'static>(erased: &Erased) -> &T {
    erased
        .downcast_ref()
        .expect("a memo holds values of the type that it was made for")
}

fn erased_memo(compute: Compute, is_same: IsSame) -> prelude::Memo<Erased> {
    prelude::Memo::new_owning(move |known| {
        let new = compute(known.as_ref());
        let has_changed = known.is_none_or(|known| !is_same(&known, &new));
        (new, has_changed)
    })
}
