//! Where the data come from, and what happens to a drawing.

use leptos::prelude::*;

use super::data::folder_opener;
use super::remembered::remembered;
use crate::page::store::Store;

/// The foot of the page.
pub(crate) fn colophon(store: Store) -> impl IntoView {
    view! {
        <footer class="colophon">
            <p>
                "Everything happens in this browser: no drawing, no figure and no model leaves it. "
                "Digits: Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI, 1998, "
                <a href="https://creativecommons.org/licenses/by/4.0/">"CC BY 4.0"</a>
                "; the MNIST database, Y. LeCun, C. Cortes and C. J. C. Burges, 1998, "
                <a href="https://creativecommons.org/licenses/by-sa/3.0/">"CC BY-SA 3.0"</a> "."
            </p>
            {folder_opener(store)} {remembered(store)}
        </footer>
    }
}
