using System.Globalization;
using Azure.Data.Tables;
using Dunning.Local;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// The storage of a test run: few emulators, because starting one costs more than a story, and a storage account of its
/// own for each test, empty and with a clock of its own. The emulators end with the test process.
/// </summary>
public static class TestStorage
{
    private const int AccountsAnEmulator = 150;

    /// <summary>An emulator uses one core.</summary>
    private const int AtOnce = 2;

    private static readonly SemaphoreSlim _turn = new(1);
    private static readonly List<Slot> _slots = [];

    public static async Task<TestAccount> OpenAccountAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _slots.RemoveAll(slot => slot.IsFull);
            if (_slots.Count < AtOnce)
                _slots.Add(new Slot(await StartAsync()));
            return _slots.MinBy(slot => slot.InUse)!.Open();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Task<Azurite> StartAsync() =>
        Azurite.StartAsync(accounts: Enumerable.Range(0, AccountsAnEmulator).Select(Name));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"account{number:D4}");

    /// <summary>An emulator grows with what it was told, so a full one ends with its last account.</summary>
    private sealed class Slot(Azurite emulator)
    {
        private int _opened,
            _inUse;

        public bool IsFull => Volatile.Read(ref _opened) == AccountsAnEmulator;

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
    /// <summary>They do what sixteen do, with a quarter of the requests that look into empty ones.</summary>
    public const int FewShards = 4;

    private Action _unfollow = () => { };

    public Azurite Emulator => emulator;

    public string Name => name;

    public string ConnectionString => emulator.ConnectionStringOf(name);

    /// <summary>The account lives at the clock's time until it is closed.</summary>
    public void Follow(MovableClock clock)
    {
        clock.Moved += Shift;
        _unfollow = () => clock.Moved -= Shift;
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
        _unfollow();
        return close();
    }
}
