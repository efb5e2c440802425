// Stands for the AWS SDK in programs that only ask what our own types say; its real types cost seconds.
declare const sdk: Readonly<Record<string, unknown>>
export = sdk
