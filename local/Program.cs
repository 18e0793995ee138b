using Dunning.Local;
using Dunning.Local.Demo;

try
{
    var options = Options.Parse(args);
    return options.Replay ? await Replay.RunAsync(options, Console.Out) : await LocalRun.RunAsync(options);
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
