namespace Dunning.Receivables.Storage;

/// <summary>The shape of rows and queue messages. docs/operations.md says what a release may change in it.</summary>
internal static class Schemas
{
    /// <summary>
    /// The number of the shape. A release raises it only for a change that earlier releases must not write over.
    /// </summary>
    public const int Current = 2;

    /// <exception cref="NewerSchemaException">A later release wrote it.</exception>
    public static int Check(int schema, string what) =>
        schema <= Current ? schema : throw new NewerSchemaException(what, schema);
}
