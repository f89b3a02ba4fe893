import { shown, StackContract } from "./stack-contract";

/** What the fleet gives to people: with it, `terraform output` of this stack names all that a client needs. */
export const pgpoolContract = new StackContract("pgpool", {
  endpoint: shown("Where clients connect: the Route 53 name, or else the load balancer's."),
  loadBalancerEndpoint: shown("DNS name of the Network Load Balancer."),
  clusterEndpoint: shown("Cluster endpoint: follows the writer."),
  readerEndpoint: shown("Reader endpoint: spreads over the readers."),
  secretArn: shown("ARN of the secret with the master user's password."),
  imageId: shown("Image of the nodes."),
});
