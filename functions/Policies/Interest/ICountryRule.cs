using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>A rule of a country's law: whom it concerns, when it holds, and where it is written.</summary>
internal interface ICountryRule
{
    /// <summary>Null for businesses and consumers alike.</summary>
    CustomerKind? Kind { get; }

    /// <summary>The first day on which the rule holds; null for as long as can matter.</summary>
    DateOnly? From { get; }

    /// <summary>The last day on which the rule holds; null while it is in force.</summary>
    DateOnly? Until { get; }

    /// <summary>Such as <c>§ 288 (2) BGB</c>.</summary>
    string LegalBasis { get; }
    string Source { get; }
}
