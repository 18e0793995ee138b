using Dunning.Local;

namespace Dunning.Tests.Local;

/// <summary>One storage emulator for these tests; each host has queues of its own in it.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    public string Storage => _azurite!.ConnectionString;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await _azurite!.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class EmulatorShare : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "local emulator";
}
