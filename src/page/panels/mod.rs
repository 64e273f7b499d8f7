//! The parts of the page, from top to bottom.

mod colophon;
mod controls;
mod drawing;
mod engine_badge;
mod flow;
mod keyboard;
mod loss_panel;
mod network_diagram;
mod notice_bar;
mod settings;
mod threshold_panel;
mod transport;
mod verdict_panel;
mod workshop;

pub(super) use colophon::colophon;
pub(super) use controls::controls;
pub(super) use flow::flow;
pub(super) use notice_bar::notice_bar;
pub(super) use workshop::workshop;
