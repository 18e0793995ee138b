namespace Dunning.Tests.Fuzzing;

/// <summary>A target that works on a house, whose book has to agree with itself afterwards.</summary>
internal sealed class FuzzedHouse(Func<FuzzHouse, byte[], Random, bool> take, Func<FuzzHouse>? found = null) : IFuzzed
{
    private readonly FuzzHouse house = found?.Invoke() ?? new FuzzHouse();

    public bool Take(byte[] input, Random random) => take(house, input, random);

    public void Check() => house.Check();
}
