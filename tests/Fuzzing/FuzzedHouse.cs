namespace Dunning.Tests.Fuzzing;

/// <summary>A target that works on a house, whose book has to agree with itself afterwards.</summary>
internal sealed class FuzzedHouse(Func<FuzzApp, byte[], Random, bool> take, Func<FuzzApp>? found = null) : IFuzzed
{
    private readonly FuzzApp _house = found?.Invoke() ?? new FuzzApp();

    public bool Take(byte[] input, Random random) => take(_house, input, random);

    public void Check() => _house.Check();
}
