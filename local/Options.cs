using System.Globalization;

namespace Dunning.Local;

/// <summary>The arguments after <c>dotnet run --project local --</c>.</summary>
public sealed record Options
{
    public const string Usage = """
        dotnet run --project local -- [replay | simulate] [options]
        dotnet run --project local -- verify <file> [--key <file>]

          replay               simulate days with the sample invoices, print the result as a table, and exit
          simulate             print the messages of the days ahead, without sending one, and exit
          verify <file>        check the signature, files and events of an evidence pack, and exit
          --key <file>         with verify: the public key that must have signed it, a JSON Web Key
          --days <number>      with replay or simulate: so many days (60)
          --invoices <file>    with simulate: of these invoices, one JSON object per line, instead of the samples
          --policy <file>      with simulate: compare with this policy; at most twice
          --payments <when>    with simulate: none (default), onDueDate or asUsual
          --storage <string>   use running storage (a connection string) instead of starting Azurite
          --data <folder>      keep storage and sent messages there for the next start
          --port <number>      listen on this port (7071)
          --no-demo            do not post the sample invoices
          --now <instant>      start the clock there, for example 2026-03-02T09:00:00Z
          --keys               require function keys as Azure does; they are printed at the start
          --settings <file>    settings that override all others, in the format of local.settings.sample.json
          --by-hand            run timers and queues on request only: POST /local/timers/<name>, POST /local/pump
        """;

    public bool Replay { get; init; }
    public bool Simulate { get; init; }

    /// <summary>A file of invoices to simulate; null for the sample invoices.</summary>
    public string? Invoices { get; init; }

    /// <summary>Files of policies to compare with.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];
    public string Payments { get; init; } = "none";

    /// <summary>The evidence pack that is checked; null for none.</summary>
    public string? Verify { get; init; }

    /// <summary>The file of the key that must have signed the pack; null to compare it by eye.</summary>
    public string? Key { get; init; }
    public int Days { get; init; } = 60;
    public string? Storage { get; init; }
    public string? Data { get; init; }
    public int Port { get; init; } = 7071;
    public bool Demo { get; init; } = true;
    public DateTimeOffset? Now { get; init; }
    public bool Keys { get; init; }
    public string? Settings { get; init; }
    public bool ByHand { get; init; }

    /// <exception cref="CannotRunHereException">An argument is unknown or invalid.</exception>
    public static Options Parse(IEnumerable<string> args)
    {
        var options = new Options();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "replay" => options with { Replay = true },
                "simulate" => options with { Simulate = true },
                "--invoices" => options with { Invoices = ExistingFile() },
                "--policy" => options with { Policies = [.. options.Policies, ExistingFile()] },
                "--payments" => options with { Payments = Value() },
                "verify" => options with { Verify = Value() },
                "--key" => options with { Key = Value() },
                "--days" => options with
                {
                    Days =
                        int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                        && days is > 0 and <= 365
                            ? days
                            : throw Invalid(),
                },
                "--storage" => options with { Storage = Value() },
                "--data" => options with { Data = Value() },
                "--port" => options with
                {
                    Port =
                        int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                        && port < 65536
                            ? port
                            : throw Invalid(),
                },
                "--no-demo" => options with { Demo = false },
                "--now" => options with
                {
                    Now = DateTimeOffset.TryParse(
                        Value(),
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var now
                    )
                        ? now
                        : throw Invalid(),
                },
                "--keys" => options with { Keys = true },
                "--settings" => options with { Settings = ExistingFile() },
                "--by-hand" => options with { ByHand = true },
                _ => throw Invalid(),
            };
            string ExistingFile() => Value() is var file && File.Exists(file) ? file : throw Invalid();
            string Value() => rest.TryDequeue(out var value) ? value : throw Invalid();
            CannotRunHereException Invalid() =>
                new($"The argument '{name}' is unknown or its value is not valid.\n\n{Usage}");
        }
        return options;
    }
}
