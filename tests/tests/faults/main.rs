//! An authority in trouble, and trouble on the way to it: no sign-in is lost, no valid token withheld, and all heals by
//! itself.

mod answers;
mod lapsed;
mod proxy;
mod scene;
mod stalled;
mod way;
