//! What can be told of a method without calling it.

use schemars::{Schema, SchemaGenerator};

use super::{Audience, Method};

/// A method, with the schemas of what goes in and what comes out.
pub(crate) struct Described {
    pub(crate) name: &'static str,
    pub(crate) audience: Audience,
    pub(crate) params: Schema,
    pub(crate) result: Schema,
}

impl Described {
    pub(super) fn new<M>(schemas: &mut Schemas, audience: Audience) -> Self
    where
        M: Method + schemars::JsonSchema,
        M::Result: schemars::JsonSchema,
    {
        let params = M::json_schema(&mut schemas.inbound);
        Self { name: M::NAME, audience, params, result: schemas.outbound.subschema_for::<M::Result>() }
    }
}

/// What programs write may leave out what they need not say; what the agent writes leaves out nothing but
/// what is not so.
pub(crate) struct Schemas {
    pub(crate) inbound: SchemaGenerator,
    pub(crate) outbound: SchemaGenerator,
}
