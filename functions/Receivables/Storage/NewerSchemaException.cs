using System.Text.Json;

namespace Dunning.Receivables.Storage;

/// <summary>
/// A later release wrote a row or a queue message in a shape that this one does not know. A
/// <see cref="JsonException"/>, because it is one of the ways in which a row or message cannot be read: it stops
/// nothing but its customer.
/// </summary>
/// <param name="what">The row or message, without personal data.</param>
public sealed class NewerSchemaException(string what, int schema)
    : JsonException(
        $"{what} has schema {schema}; this release reads up to schema {Schemas.Current}. Deploy the later release "
            + "again: docs/operations.md, \"Upgrading and going back\"."
    );
