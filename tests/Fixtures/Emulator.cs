using Dunning.Local;

namespace Dunning.Tests.Fixtures;

/// <summary>One storage emulator shared by the tests that name their tables and queues apart.</summary>
public sealed class Emulator : IAsyncLifetime
{
    private Azurite? azurite;

    public string ConnectionString => azurite!.ConnectionString;

    public async Task InitializeAsync() => azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await azurite!.DisposeAsync();
}

[CollectionDefinition(nameof(Emulator))]
public sealed class EmulatorShare : ICollectionFixture<Emulator>;
