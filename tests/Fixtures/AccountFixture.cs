namespace Dunning.Tests.Fixtures;

/// <summary>A storage account for the tests of one class, which use different table and queue names.</summary>
public sealed class AccountFixture : IAsyncLifetime
{
    private TestAccount? _account;

    public string ConnectionString => _account!.ConnectionString;

    public async Task InitializeAsync() => _account = await TestStorage.OpenAccountAsync();

    public async Task DisposeAsync() => await _account!.DisposeAsync();
}
