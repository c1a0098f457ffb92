//! The kinds of changes, and which of them registries refuse.

/// A kind of change. The names are those of Confluent's registry where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The package is another one.
    PackageChanged,
    /// The reader lacks a message.
    MessageRemoved,
    /// The reader lacks a field.
    FieldRemoved,
    /// The reader's field goes by another name; its number is the same.
    FieldNameChanged,
    /// A number stands for another field, of another type.
    FieldNumberReused,
    /// A scalar became a message or a map, a message a group, or the other way round.
    FieldKindChanged,
    /// A scalar's type changed to one that is written otherwise.
    FieldScalarKindChanged,
    /// A scalar's type changed to one that is written alike but doesn't hold all values.
    FieldScalarTypeChanged,
    /// The field is of another message.
    FieldNamedTypeChanged,
    /// A number became repeated or required, or is no longer.
    FieldNumericLabelChanged,
    /// A string or bytes became repeated, or are no longer: the last value counts.
    FieldStringOrBytesLabelChanged,
    /// A message became repeated, or is no longer: its values are merged.
    FieldMessageLabelChanged,
    /// The reader requires a field that data may lack.
    RequiredFieldAdded,
    /// The reader lacks a field that is required.
    RequiredFieldRemoved,
    /// Fields that could be set together are members of one oneof.
    MultipleFieldsMovedToOneof,
    /// A field joined a oneof with members that were there.
    FieldMovedToExistingOneof,
    /// The reader lacks a member of a oneof.
    OneofFieldRemoved,
    /// Absent and zero are told apart now, or no longer.
    FieldPresenceChanged,
    /// A value of an enum goes by another name.
    EnumConstChanged,
    /// The reader lacks a value of an enum.
    EnumConstRemoved,
}

impl Kind {
    /// The kind as documents name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::PackageChanged => "PACKAGE_CHANGED",
            Kind::MessageRemoved => "MESSAGE_REMOVED",
            Kind::FieldRemoved => "FIELD_REMOVED",
            Kind::FieldNameChanged => "FIELD_NAME_CHANGED",
            Kind::FieldNumberReused => "FIELD_NUMBER_REUSED",
            Kind::FieldKindChanged => "FIELD_KIND_CHANGED",
            Kind::FieldScalarKindChanged => "FIELD_SCALAR_KIND_CHANGED",
            Kind::FieldScalarTypeChanged => "FIELD_SCALAR_TYPE_CHANGED",
            Kind::FieldNamedTypeChanged => "FIELD_NAMED_TYPE_CHANGED",
            Kind::FieldNumericLabelChanged => "FIELD_NUMERIC_LABEL_CHANGED",
            Kind::FieldStringOrBytesLabelChanged => "FIELD_STRING_OR_BYTES_LABEL_CHANGED",
            Kind::FieldMessageLabelChanged => "FIELD_MESSAGE_LABEL_CHANGED",
            Kind::RequiredFieldAdded => "REQUIRED_FIELD_ADDED",
            Kind::RequiredFieldRemoved => "REQUIRED_FIELD_REMOVED",
            Kind::MultipleFieldsMovedToOneof => "MULTIPLE_FIELDS_MOVED_TO_ONEOF",
            Kind::FieldMovedToExistingOneof => "FIELD_MOVED_TO_EXISTING_ONEOF",
            Kind::OneofFieldRemoved => "ONEOF_FIELD_REMOVED",
            Kind::FieldPresenceChanged => "FIELD_PRESENCE_CHANGED",
            Kind::EnumConstChanged => "ENUM_CONST_CHANGED",
            Kind::EnumConstRemoved => "ENUM_CONST_REMOVED",
        }
    }

    /// Whether registries refuse it: data may be misread, lost or refused.
    pub const fn is_breaking(self) -> bool {
        !matches!(
            self,
            Kind::FieldRemoved
                | Kind::FieldNameChanged
                | Kind::FieldScalarTypeChanged
                | Kind::FieldStringOrBytesLabelChanged
                | Kind::FieldMessageLabelChanged
                | Kind::FieldPresenceChanged
                | Kind::EnumConstChanged
                | Kind::EnumConstRemoved
        )
    }

    /// What it means for a reader.
    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Kind::PackageChanged => "the package is another one, and with it every message's name",
            Kind::MessageRemoved => "the reader lacks the message",
            Kind::FieldRemoved => "the reader lacks the field: its values are unknown fields",
            Kind::FieldNameChanged => "the reader's field has another name, which JSON and code see",
            Kind::FieldNumberReused => "the number stands for another field: values are misread or unknown",
            Kind::FieldKindChanged => {
                "the reader's field is of another kind (scalar, message, group or map): values are misread or unknown"
            }
            Kind::FieldScalarKindChanged => {
                "the reader's type is written otherwise: values are misread or unknown"
            }
            Kind::FieldScalarTypeChanged => {
                "the reader's type is written alike, but values that it doesn't hold become others"
            }
            Kind::FieldNamedTypeChanged => "the reader's field is of another message",
            Kind::FieldNumericLabelChanged => {
                "the number became repeated or required, or is no longer: values may be lost"
            }
            Kind::FieldStringOrBytesLabelChanged => {
                "the field became repeated or required, or is no longer: the last value counts"
            }
            Kind::FieldMessageLabelChanged => {
                "the message became repeated, or is no longer: several are merged into one"
            }
            Kind::RequiredFieldAdded => "the reader requires the field, which data may lack",
            Kind::RequiredFieldRemoved => "the reader lacks a field that is required",
            Kind::MultipleFieldsMovedToOneof => {
                "fields became one oneof: of two values that were set, one is lost"
            }
            Kind::FieldMovedToExistingOneof => {
                "a field joined a oneof: of two values that were set, one is lost"
            }
            Kind::OneofFieldRemoved => {
                "the reader lacks a member of the oneof: where it is set, none seems to be"
            }
            Kind::FieldPresenceChanged => "absent and zero are told apart by one schema and not by the other",
            Kind::EnumConstChanged => "the number has another name, which JSON and code see",
            Kind::EnumConstRemoved => "the reader lacks the value: it shows the number",
        }
    }
}
