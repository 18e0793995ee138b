using System.Globalization;

namespace Dunning.Local;

/// <summary>What was typed after <c>dotnet run --project local --</c>.</summary>
public sealed record Options
{
    public const string Usage = """
        dotnet run --project local -- [replay] [options]

          replay               60 simulated days over the sample book, as a table; then exit
          --storage <string>   use storage that runs already (a connection string) instead of starting Azurite
          --data <folder>      keep storage and outbox there, for the next start
          --port <number>      listen there (7071)
          --no-demo            do not post the sample book
          --now <instant>      start the clock there, for example 2026-03-02T09:00:00Z
          --keys               ask for function keys as Azure does; they are printed at the start
          --settings <file>    settings that win over all others, in the shape of local.settings.sample.json
          --by-hand            timers and queues run only when told to: POST /local/timers/<name>, POST /local/pump
        """;

    public bool Replay { get; init; }
    public string? Storage { get; init; }
    public string? Data { get; init; }
    public int Port { get; init; } = 7071;
    public bool Demo { get; init; } = true;
    public DateTimeOffset? Now { get; init; }
    public bool Keys { get; init; }
    public string? Settings { get; init; }
    public bool ByHand { get; init; }

    /// <exception cref="CannotRunHereException">An argument is unknown or cannot be read.</exception>
    public static Options Parse(IEnumerable<string> args)
    {
        var options = new Options();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "replay" => options with { Replay = true },
                "--storage" => options with { Storage = Value() },
                "--data" => options with { Data = Value() },
                "--port" => options with
                {
                    Port =
                        int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                        && port < 65536
                            ? port
                            : throw Wrong(),
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
                        : throw Wrong(),
                },
                "--keys" => options with { Keys = true },
                "--settings" => options with
                {
                    Settings = Value() is var file && File.Exists(file) ? file : throw Wrong(),
                },
                "--by-hand" => options with { ByHand = true },
                _ => throw Wrong(),
            };
            string Value() => rest.TryDequeue(out var value) ? value : throw Wrong();
            CannotRunHereException Wrong() => new($"'{name}' cannot be read.\n\n{Usage}");
        }
        return options;
    }
}
