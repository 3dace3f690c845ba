//! The ids that events carry. All count up from 1 (0 is "none") and none is used twice in a run;
//! ids of names, sites and blobs are places in the trace's own tables.

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident($of:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $of);

        impl $name {
            /// No such thing.
            pub const NONE: Self = Self(0);

            /// Its place in a table that has a row for each number from 0.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// Whether this names something.
            pub const fn is_some(self) -> bool {
                self.0 != 0
            }
        }

        impl From<$of> for $name {
            fn from(number: $of) -> Self {
                $name(number)
            }
        }

        impl From<$name> for $of {
            fn from(id: $name) -> $of {
                id.0
            }
        }

    )*};
}

id! {
    /// A task: its place in the order of spawning. 0 is the driver, outside of every task.
    TaskId(u32);
    /// A timer: its place in the order of setting.
    TimerId(u32);
    /// A promise of a live run.
    PromiseId(u32);
    /// A text in the trace's table of names.
    NameId(u32);
    /// A place in a scenario's code.
    SiteId(u16);
    /// A snapshot of bytes.
    BlobId(u32);
    /// Something that tasks wait for and that is no timer: a channel, a mutex, a bell. In the order of their first use.
    SourceId(u32);
    /// A future inside of a task, by the order of their first polls; it keeps its number from poll to poll.
    FutureId(u32);
    /// What futures of one name are, in the trace's table of them.
    FutureKindId(u32);
    /// A machine: the states that one kind of future goes through. Counts from 0.
    MachineId(u16);
    /// A slot of memory. Counts from 0.
    PlaceId(u16);
}
