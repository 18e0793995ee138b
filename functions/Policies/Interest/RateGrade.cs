namespace Dunning.Policies.Interest;

/// <summary>How well a value is sourced. It is shown beside the value.</summary>
internal enum RateGrade
{
    /// <summary>Official text or a faithful copy of it.</summary>
    A,

    /// <summary>Two independent secondary sources, or one that agrees with the legal formula.</summary>
    B,

    /// <summary>A single secondary source.</summary>
    C,

    /// <summary>Written in the law itself; it changes only with the law.</summary>
    Constant,
}
