using Dunning.Local;
using Dunning.Local.Demo;
using Dunning.Local.Evidence;

try
{
    var options = Options.Parse(args);
    if (options.Verify is { } pack)
        return VerifyCommand.Run(pack, options.Key, Console.Out);
    return options switch
    {
        { Replay: true } => await Replay.RunAsync(options, Console.Out),
        { Simulate: true } => await Simulate.RunAsync(options, Console.Out),
        _ => await LocalRun.RunAsync(options),
    };
}
catch (CannotRunHereException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
catch (Microsoft.Extensions.Options.OptionsValidationException exception)
{
    // Settings are missing or invalid; the message names them.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
