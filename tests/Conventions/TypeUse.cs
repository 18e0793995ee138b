namespace Dunning.Tests.Conventions;

/// <summary>Code in one namespace uses a type of another.</summary>
/// <param name="Where">The file, or the compiled type.</param>
/// <param name="Type">
/// <c>*</c> when a using directive is present and no type of its namespace is used (an extension method is called).
/// </param>
public sealed record TypeUse(string Where, string From, string To, string Type)
{
    public override string ToString() => $"{Where}: {From} uses {To}.{Type}";
}
