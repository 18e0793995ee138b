using System.Globalization;
using Azure.Data.Tables;
using Dunning.Local;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// The storage of a test run: few emulators, because starting one takes longer than a scenario, and for each test its
/// own empty storage account with its own clock. The emulators end with the test process.
/// </summary>
public static class TestStorage
{
    private const int AccountsPerEmulator = 150;

    /// <summary>Each emulator uses one core.</summary>
    private const int MaxEmulators = 2;

    private static readonly SemaphoreSlim _lock = new(1);
    private static readonly List<EmulatorSlot> _emulators = [];

    public static async Task<TestAccount> OpenAccountAsync()
    {
        await _lock.WaitAsync();
        try
        {
            _emulators.RemoveAll(slot => slot.IsFull);
            if (_emulators.Count < MaxEmulators)
                _emulators.Add(new EmulatorSlot(await StartAsync()));
            return _emulators.MinBy(slot => slot.InUse)!.Open();
        }
        finally
        {
            _lock.Release();
        }
    }

    private static Task<Azurite> StartAsync() =>
        Azurite.StartAsync(accounts: Enumerable.Range(0, AccountsPerEmulator).Select(Name));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"account{number:D4}");

    /// <summary>
    /// An emulator keeps all its data in memory, so a full one is stopped when its last account is closed.
    /// </summary>
    private sealed class EmulatorSlot(Azurite emulator)
    {
        private int _opened,
            _inUse;

        public bool IsFull => Volatile.Read(ref _opened) == AccountsPerEmulator;

        public int InUse => Volatile.Read(ref _inUse);

        public TestAccount Open()
        {
            Interlocked.Increment(ref _inUse);
            return new(emulator, Name(Interlocked.Increment(ref _opened) - 1), CloseAsync);
        }

        private async ValueTask CloseAsync()
        {
            if (Interlocked.Decrement(ref _inUse) == 0 && IsFull)
                await emulator.DisposeAsync();
        }
    }
}

/// <summary>One storage account of an emulator.</summary>
public sealed class TestAccount(Azurite emulator, string name, Func<ValueTask> close) : IAsyncDisposable
{
    /// <summary>They test the same as 16 shards, with a quarter of the requests for empty shards.</summary>
    public const int FewShards = 4;

    private Action _stopFollowing = () => { };

    public Azurite Emulator => emulator;

    public string Name => name;

    public string ConnectionString => emulator.ConnectionStringOf(name);

    /// <summary>The emulator uses the clock's time for this account until it is closed.</summary>
    public void FollowClock(MovableClock clock)
    {
        clock.Moved += Shift;
        _stopFollowing = () => clock.Moved -= Shift;
        Shift();

        void Shift() => emulator.Shift(name, clock.Offset);
    }

    public async Task SetShardsAsync(int count = FewShards)
    {
        var table = new TableServiceClient(ConnectionString).GetTableClient(Tables.Book);
        await table.CreateIfNotExistsAsync();
        await table.AddEntityAsync(new TableEntity("config", "shards") { ["Count"] = count });
    }

    public ValueTask DisposeAsync()
    {
        _stopFollowing();
        return close();
    }
}
