//! The parts of the page, from top to bottom.

mod challenge;
mod colophon;
mod controls;
mod data;
mod drawing;
mod engine_badge;
mod flow;
mod honest;
mod items;
mod keyboard;
mod latent;
mod learned;
mod loss_panel;
mod network_diagram;
mod normality;
mod notice_bar;
mod row;
mod settings;
mod sweeps;
mod threshold_panel;
mod threshold_rules;
mod transport;
mod verdict_panel;
mod workshop;

pub(super) use challenge::challenge;
pub(super) use colophon::colophon;
pub(super) use controls::controls;
pub(super) use data::data;
pub(super) use flow::flow;
pub(super) use items::items;
pub(super) use latent::latent;
pub(super) use learned::learned;
pub(super) use notice_bar::notice_bar;
pub(super) use sweeps::sweeps;
pub(super) use workshop::workshop;
