namespace Dunning.Receivables.Storage;

/// <summary>A later release wrote a row or a queue message in a shape that this one does not know.</summary>
/// <param name="what">The row or message, without personal data.</param>
public sealed class NewerSchemaException(string what, int schema)
    : InvalidOperationException(
        $"{what} has schema {schema}; this release reads up to schema {Schemas.Current}. Deploy the later release "
            + "again: docs/operations.md, \"Upgrading and going back\"."
    );
