namespace Dunning.Tests.Fuzzing;

/// <summary>An entry point that receives input from outside.</summary>
/// <param name="Seeds">Valid inputs to mutate.</param>
/// <param name="CreateSubject">Creates a new subject: its state must not grow during a long run.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<IFuzzSubject> CreateSubject)
{
    public override string ToString() => Name;
}

/// <summary>An instance of a target, with its state.</summary>
internal interface IFuzzSubject
{
    /// <returns>
    /// True when the input was accepted, false when it was rejected correctly; throws on an error.
    /// </returns>
    bool Accepts(byte[] input, Random random);

    /// <summary>Checks the state after a few hundred inputs.</summary>
    void CheckInvariants() { }
}

/// <summary>A subject without state.</summary>
internal sealed class StatelessFuzzSubject(Func<byte[], Random, bool> accepts) : IFuzzSubject
{
    public bool Accepts(byte[] input, Random random) => accepts(input, random);
}
