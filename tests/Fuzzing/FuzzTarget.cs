namespace Dunning.Tests.Fuzzing;

/// <summary>Something that takes what anybody may send.</summary>
/// <param name="Seeds">Sound inputs, which mutate.</param>
/// <param name="Start">Gives a fresh one of it: what it keeps must not grow through a long run.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<IFuzzed> Start)
{
    public override string ToString() => Name;
}

/// <summary>One of the kind, with whatever it keeps.</summary>
internal interface IFuzzed
{
    /// <returns>
    /// True when the input was taken, false when it was refused as it should be; whatever is wrong throws.
    /// </returns>
    bool Take(byte[] input, Random random);

    /// <summary>Looks at what is left behind once a few hundred inputs have been taken.</summary>
    void Check() { }
}

/// <summary>Something that keeps nothing.</summary>
internal sealed class Fuzzed(Func<byte[], Random, bool> take) : IFuzzed
{
    public bool Take(byte[] input, Random random) => take(input, random);
}
