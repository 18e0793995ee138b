namespace Dunning.Tests.Fuzzing;

/// <summary>A subject that calls the app; the rows of its tables must be consistent afterwards.</summary>
internal sealed class AppFuzzSubject(Func<FuzzApp, byte[], Random, bool> accepts, Func<FuzzApp>? create = null)
    : IFuzzSubject
{
    private readonly FuzzApp _app = create?.Invoke() ?? new FuzzApp();

    public bool Accepts(byte[] input, Random random) => accepts(_app, input, random);

    public void CheckInvariants() => _app.CheckInvariants();
}
