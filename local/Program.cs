using Dunning.Local;
using Dunning.Local.Demo;

try
{
    var options = Options.Parse(args);
    return options.Replay ? await Replay.RunAsync(options, Console.Out) : await LocalRun.RunAsync(options);
}
catch (CannotRunHereException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return 1;
}
catch (InvalidOperationException refusal) when (refusal.Source == "Dunning.Local")
{
    // A setting of ours is missing or wrong; the message names it.
    Console.Error.WriteLine(refusal.Message);
    return 1;
}
